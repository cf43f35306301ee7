import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import { NotFound } from '../base/errors.js'
import { fileById, openFile } from '../files/actions.js'

/** Hands a stored file out as a download, under its own name, whatever is in it. Throws `NotFound`. */
export async function sendFile(res: Response, id: string): Promise<void> {
  const file = await fileById(id)
  if (!file) throw new NotFound()
  res.attachment(file.name)
  res.setHeader('Content-Type', file.type)
  res.setHeader('Content-Length', file.size)
  shutIn(res)
  try {
    await pipeline(openFile(id), res)
  } catch (error) {
    // The reader went away; nothing is wrong with the file.
    if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

/** A file made for this answer: a PDF, a workbook, an archive. */
export function sendBytes(res: Response, file: { name: string; type: string; bytes: Buffer }): void {
  res.attachment(file.name)
  res.setHeader('Content-Type', file.type)
  shutIn(res)
  res.send(file.bytes)
}

/**
 * A mail's HTML as it would look, for an <iframe sandbox> on a page of ours: it may style itself inline, and can neither
 * run, load nor link anything.
 */
export function sendFramed(res: Response, html: string): void {
  res.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
  )
  res.setHeader('X-Frame-Options', 'SAMEORIGIN')
  res.type('html').send(html)
}

function shutIn(res: Response): void {
  res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
}
