/** A file of whole data taken apart and put together again, as somebody might who means no good. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unzipSync, zipSync } from 'fflate'
import { readFile } from 'node:fs/promises'
import { wholeDataPieces } from '../../src/exports/actions.js'
import type { WholeManifest } from '../../src/exports/rules/whole-data.js'
import type { Tilsyn } from '../support/app.js'

export type Members = Record<string, Buffer>

export async function exportTo(house: Tilsyn, file: string): Promise<Members> {
  const pieces = wholeDataPieces(house.context(), { clock: house.now, name: 'a test' })
  await pipeline(Readable.from(pieces), createWriteStream(file))
  return membersOf(await readFile(file))
}

export function membersOf(zip: Buffer): Members {
  return Object.fromEntries(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, Buffer.from(bytes)]))
}

export function manifestOf(members: Members): WholeManifest {
  return JSON.parse(members['manifest.json']?.toString('utf8') ?? '') as WholeManifest
}

/** With a manifest that fits again, as long as the counts do. */
export function sealedAgain(
  members: Members,
  change: (manifest: WholeManifest) => void = () => undefined,
): Members {
  const manifest = manifestOf(members)
  manifest.members = Object.entries(members)
    .filter(([path]) => path !== 'manifest.json')
    .map(([path, bytes]) => ({
      path,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }))
  change(manifest)
  return { ...members, 'manifest.json': Buffer.from(JSON.stringify(manifest)) }
}

export async function writeZip(file: string, members: Members): Promise<void> {
  await writeFile(file, zipSync(members, { level: 1 }))
}

/** Records of a collection, by what stands in their lines. */
export function recordsOf(members: Members, name: string): Record<string, unknown>[] {
  return (members[`records/${name}.ndjson`]?.toString('utf8') ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { doc: Record<string, unknown> }).doc)
}
