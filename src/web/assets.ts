import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import express, { type RequestHandler } from 'express'

const folder = new URL('../../public/', import.meta.url)

const versions = new Map(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = `${entry.parentPath}/${entry.name}`
      const name = path.slice(folder.pathname.length).replaceAll(/^\/+/g, '')
      return [name, createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)] as const
    }),
)

/** '/assets/tilsyn.css?v=…': changes when the file does, so browsers may keep it for ever. */
export function assetUrl(name: string): string {
  return `/assets/${name}?v=${versions.get(name) ?? '0'}`
}

export const assets: RequestHandler = express.static(folder.pathname, {
  index: false,
  redirect: false,
  setHeaders: (res) => {
    const versioned = res.req?.url.includes('?v=')
    res.setHeader('Cache-Control', versioned ? 'public, max-age=31536000, immutable' : 'no-cache')
  },
})
