import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { documentOf } from './dump-documents.js'
import { BadDump } from './failures.js'

/** Documents per collection. */
export type Counts = Record<string, number>

export type DumpHeader = { format: 'tilsyn-dump'; version: 1; at: string }

/** Writes lines to a gzip file that only its owner may read. The name appears when the file is whole and on disk. */
export async function writeLines(file: string, lines: AsyncIterable<string>): Promise<void> {
  const draft = `${file}.${randomUUID()}.partial`
  try {
    const target = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(Readable.from(lines), createGzip(), target)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** One line per document; `text` is what `textOf` made of it. */
export function documentLine(collection: string, text: string): string {
  return `{"in":${JSON.stringify(collection)},${text}}\n`
}

/** Reads a dump to its end without keeping it. Throws BadDump unless every document it promises is there. */
export async function checkDump(file: string): Promise<Counts> {
  const counts: Counts = {}
  let trailer: Counts | undefined
  let first = true
  try {
    for await (const line of linesOf(file)) {
      if (trailer) throw new BadDump(file, 'something follows its end')
      if (first) checkHeader(file, line)
      else trailer = trailerOf(line)
      if (!first && !trailer) {
        const collection = collectionOf(line)
        documentOf(line)
        counts[collection] = (counts[collection] ?? 0) + 1
      }
      first = false
    }
  } catch (error) {
    if (error instanceof BadDump || (error as NodeJS.ErrnoException).code === 'ENOENT') throw error
    throw new BadDump(file, 'it is damaged or cut off', error)
  }
  if (!trailer) throw new BadDump(file, 'its end is missing')
  const names = new Set([...Object.keys(counts), ...Object.keys(trailer)])
  for (const name of names) {
    if ((counts[name] ?? 0) !== (trailer[name] ?? 0))
      throw new BadDump(file, `documents of ${name} are missing`)
  }
  return counts
}

/** The documents of a dump that was checked, in their order. */
export async function* documentsOf(file: string): AsyncGenerator<{ collection: string; line: string }> {
  let first = true
  for await (const line of linesOf(file)) {
    if (!first && !trailerOf(line)) yield { collection: collectionOf(line), line }
    first = false
  }
}

export function headerLine(at: Date): string {
  const header: DumpHeader = { format: 'tilsyn-dump', version: 1, at: at.toISOString() }
  return `${JSON.stringify(header)}\n`
}

export function trailerLine(counts: Counts): string {
  return `${JSON.stringify({ end: counts })}\n`
}

function checkHeader(file: string, line: string): void {
  let header: Partial<DumpHeader> = {}
  try {
    header = JSON.parse(line) as Partial<DumpHeader>
  } catch {
    // Not JSON is not a dump either.
  }
  if (header.format !== 'tilsyn-dump') throw new BadDump(file, 'it is not a dump of Tilsyn')
  if (header.version !== 1)
    throw new BadDump(file, `it is of version ${String(header.version)}, only 1 is known`)
}

function trailerOf(line: string): Counts | undefined {
  return line.startsWith('{"end":') ? (JSON.parse(line) as { end: Counts }).end : undefined
}

function collectionOf(line: string): string {
  const { in: collection } = JSON.parse(line) as { in?: unknown }
  if (typeof collection !== 'string') throw new Error('a line names no collection')
  return collection
}

/** Split at line feeds only: node's readline also splits at U+2028, which JSON leaves as it is. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const unzipped = createGunzip()
  source.on('error', (error) => unzipped.destroy(error))
  source.pipe(unzipped)
  let held: Buffer[] = []
  try {
    for await (const chunk of unzipped as AsyncIterable<Buffer>) {
      let from = 0
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        yield Buffer.concat([...held, chunk.subarray(from, at)]).toString('utf8')
        held = []
        from = at + 1
      }
      if (from < chunk.length) held.push(chunk.subarray(from))
    }
    if (held.length > 0) yield Buffer.concat(held).toString('utf8')
  } finally {
    source.destroy()
  }
}
