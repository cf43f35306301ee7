/** The whole data of the house, as one file that a second Tilsyn can read. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { BSON, Int32, type Document } from 'mongodb'
import { recordEvent } from '../../audit-log/actions.js'
import { sealedEnd, sealsOfEntries } from '../../audit-log/extract.js'
import { genesis } from '../../audit-log/rules.js'
import type { Clock, Context } from '../../base/context.js'
import { documentOf, textOf } from '../../db/dump-documents.js'
import { everyFile, hasContent, openFile } from '../../files/actions.js'
import {
  aboutHowMany,
  knownCollections,
  openSnapshot,
  presentCollections,
  storedIn,
  type Snapshot,
} from '../records.js'
import {
  collectionPath,
  contentPath,
  cutAtEnd,
  emptied,
  leftOut,
  manifestPath,
  manifestPieces,
  readmePath,
  wholeFormat,
  type LeftOut,
  type WholeManifest,
} from '../rules/whole-data.js'
import { zipOut, type ZipOut } from './zip-out.js'

const about = { kind: 'database', id: 'tilsyn' }

/** From so many on a collection may come to 4 GB. */
const many = 100_000

type Reading = {
  zip: ZipOut
  snapshot: Snapshot | null
  /** Where the log's chain ends in the file. */
  end: number
  later: number
  lostSnapshot: boolean
  collections: Record<string, number>
}

/**
 * The file, piece by piece while it is made. The log is told when it is begun, and at its end with the manifest's hash; no whole
 * file leaves without that.
 */
export async function* wholeDataPieces(
  context: Context,
  { clock, name }: { clock: Clock; name: string },
): AsyncGenerator<Buffer> {
  await recordEvent(context, 'whole-data.begun', about)
  const last = await sealedEnd()
  const from = clock()
  const snapshot = await openSnapshot()
  try {
    const zip = zipOut(context.now)
    const end = last?._id ?? 0
    const reading: Reading = { zip, snapshot, end, later: 0, lostSnapshot: false, collections: {} }
    const out: Record<string, LeftOut> = {}
    yield* zip.add(readmePath, readme())
    for (const collection of await inOrder()) {
      const why = leftOut[collection] ?? (knownCollections().has(collection) ? null : 'unknown')
      if (why) out[collection] = why
      else yield* addCollection(reading, collection)
    }
    const files = yield* addContents(zip)
    const manifest: WholeManifest = {
      format: wholeFormat,
      made: { by: { kind: context.actor.kind, id: context.actor.id, name }, version: tilsynVersion() },
      read: {
        from: from.toISOString(),
        to: clock().toISOString(),
        snapshot: snapshot !== null && !reading.lostSnapshot,
      },
      log: { sequence: end, hash: last?.hash ?? genesis, later: reading.later },
      collections: reading.collections,
      files,
      leftOut: out,
      members: [...zip.files],
    }
    const hash = createHash('sha256')
    for (const piece of manifestPieces(manifest)) hash.update(piece)
    const documents = Object.values(reading.collections).reduce((sum, count) => sum + count, 0)
    await recordEvent({ ...context, now: clock() }, 'whole-data.made', about, {
      manifest: hash.digest('hex'),
      documents,
      files: files.count,
    })
    yield* zip.add(manifestPath, Readable.from(manifestPieces(manifest)))
    yield* zip.end()
  } finally {
    await snapshot?.end()
  }
}

/** What would be in it, for the page: documents and files, about. */
export async function wholeDataSize(): Promise<{ documents: number; files: number }> {
  const known = knownCollections()
  const names = (await presentCollections()).filter((name) => known.has(name) && !(name in leftOut))
  const counts = await Promise.all(names.map(aboutHowMany))
  return {
    documents: counts.reduce((sum, count) => sum + count, 0),
    files: counts[names.indexOf('files')] ?? 0,
  }
}

/** The log after all else: whatever moved has its entries by then, or says that it is still to be logged. */
async function inOrder(): Promise<string[]> {
  const names = await presentCollections()
  const ofLog = (name: string) => Number(name.startsWith('log-'))
  return names.toSorted((a, b) => ofLog(a) - ofLog(b))
}

async function* addCollection(reading: Reading, name: string): AsyncGenerator<Buffer> {
  reading.collections[name] = 0
  const large = (await aboutHowMany(name)) > many
  yield* reading.zip.add(collectionPath(name), linesOf(reading, name), { large })
}

async function* linesOf(reading: Reading, name: string): AsyncGenerator<string> {
  let batch: Buffer[] = []
  let bytes = 0
  const { snapshot, end } = reading
  const lost = () => void (reading.lostSnapshot = true)
  const upTo = name === cutAtEnd.seals ? { upTo: end } : {}
  for await (const stored of storedIn(name, { snapshot, lost, ...upTo })) {
    batch.push(stored)
    bytes += stored.length
    if (batch.length < 500 && bytes < 1_000_000) continue
    yield await textOfBatch(reading, name, batch)
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield await textOfBatch(reading, name, batch)
}

async function textOfBatch(reading: Reading, name: string, batch: readonly Buffer[]): Promise<string> {
  const kept = cutAtEnd.entries.includes(name as never) ? await sealedOf(reading, batch) : batch
  reading.collections[name] = (reading.collections[name] ?? 0) + kept.length
  return kept.map((stored) => `{${changed(reading, name, textOf(stored))}}\n`).join('')
}

async function sealedOf(reading: Reading, batch: readonly Buffer[]): Promise<Buffer[]> {
  const ids = batch.map((stored) => String(BSON.deserialize(stored)['_id']))
  const seals = await sealsOfEntries(ids)
  const kept = batch.filter((_, place) => (seals.get(ids[place] ?? '')?._id ?? Infinity) <= reading.end)
  reading.later += batch.length - kept.length
  return kept
}

/** Without what lets people in, and with the chain's end where the file has it. */
function changed(reading: Reading, name: string, text: string): string {
  const fields: Document = {
    ...Object.fromEntries((emptied[name] ?? []).map((field) => [field, null])),
    ...(name === cutAtEnd.head ? { sequence: new Int32(reading.end) } : {}),
  }
  if (Object.keys(fields).length === 0) return text
  const document = documentOf(`{${text}}`)
  for (const [field, value] of Object.entries(fields))
    if (document instanceof Map) document.set(field, value)
    else document[field] = value
  return textOf(Buffer.from(BSON.serialize(document)))
}

/** Each content once, however many records name it. */
async function* addContents(zip: ZipOut): AsyncGenerator<Buffer, WholeManifest['files']> {
  const added = new Set<string>()
  const lost: string[] = []
  let count = 0
  for await (const files of everyFile()) {
    for (const { _id, sha256 } of files) {
      count += 1
      if (added.has(sha256)) continue
      if (!/^[0-9a-f]{64}$/.test(sha256) || !(await hasContent(_id))) {
        lost.push(_id)
        continue
      }
      added.add(sha256)
      yield* zip.add(contentPath(sha256), openFile(_id), { packed: true })
    }
  }
  return { count, lost }
}

export function tilsynVersion(): string {
  return (JSON.parse(inHouse('package.json')) as { version: string }).version
}

function inHouse(path: string): string {
  return readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
}

function readme(): string {
  return inHouse('docs/whole-data.txt')
}
