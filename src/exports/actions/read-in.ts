/** The whole data of one house into the empty database of another. */
import { randomUUID } from 'node:crypto'
import type { Document } from 'mongodb'
import { recordEvent } from '../../audit-log/actions.js'
import { settleLog } from '../../audit-log/settle.js'
import { verifyLog, type Verification } from '../../audit-log/verify.js'
import type { Clock, Context } from '../../base/context.js'
import { documentOf } from '../../db/dump-documents.js'
import { ensureIndexes } from '../../db/indexes.js'
import { everyFile, insertContent } from '../../files/actions.js'
import {
  beginReadIn,
  emptyCollection,
  endReadIn,
  filledCollections,
  insertStored,
  knownCollections,
  noteReadingIn,
  unfinishedReadIn,
} from '../records.js'
import { collectionOfPath, contentPath, emptied } from '../rules/whole-data.js'
import { CannotReadIn } from './read-in-problems.js'
import { linesOfMember, openWhole, type Whole } from './whole-file.js'

export type ReadInReport = {
  done: boolean
  collections: Record<string, number>
  files: { count: number; lost: string[] }
  read: { from: string; to: string; snapshot: boolean }
  /** What stands in the way here; a dry run tells it, anything else is refused. */
  inTheWay: string | null
  log: Verification | null
}

type How = { dry: boolean; clock: Clock; note?: (line: string) => void }

/** One that gave no sign for so long has been broken off. */
const silent = 60_000

/**
 * Reads the file to its end and checks all of it before anything is written. What a kill leaves half read in is emptied by the next
 * run, and no Tilsyn starts on it. Throws `CannotReadIn`, whose message is for the person at the terminal.
 */
export async function readInWholeData(context: Context, file: string, how: How): Promise<ReadInReport> {
  const whole = await openWhole(file, knownCollections(), how.note)
  try {
    const { collections, files, read } = whole.manifest
    const report = { collections, files, read, log: null }
    const inTheWay = await whatStandsInTheWay(how)
    if (how.dry) return { ...report, done: false, inTheWay }
    if (inTheWay !== null) throw new CannotReadIn(inTheWay)
    const run = randomUUID()
    await begin(run, whole, how)
    const signs = setInterval(() => void noteReadingIn(run, how.clock()).catch(() => undefined), silent / 6)
    try {
      const log = await readIn(context, whole, how)
      await endReadIn(run)
      return { ...report, done: true, inTheWay: null, log }
    } catch (error) {
      // Known to be broken off: nobody has to wait for a sign.
      await noteReadingIn(run, new Date(0)).catch(() => undefined)
      throw error
    } finally {
      clearInterval(signs)
    }
  } finally {
    await whole.close()
  }
}

async function readIn(context: Context, whole: Whole, how: How): Promise<Verification> {
  const { collections, files, read, log } = whole.manifest
  await insertAll(whole, how)
  await insertContents(whole)
  how.note?.('Making the indexes.')
  await ensureIndexes()
  how.note?.('Checking the log.')
  if (log.later > 0) await settleLog()
  const verified = await verifyLog()
  const documents = Object.values(collections).reduce((sum, count) => sum + count, 0)
  const facts = { manifest: whole.hash, made: read.from, documents, files: files.count }
  await recordEvent(
    { ...context, now: how.clock() },
    'whole-data.read-in',
    { kind: 'database', id: 'tilsyn' },
    facts,
  )
  return verified
}

async function whatStandsInTheWay({ clock }: How): Promise<string | null> {
  const unfinished = await unfinishedReadIn()
  // Where it was begun, all there is came from it: it is begun only on an empty database.
  if (unfinished)
    return clock().getTime() - unfinished.seenAt.getTime() < silent
      ? 'Another "tilsyn import all" is at work on this database, or was broken off less than a minute ago. Wait a minute, and try again.'
      : null
  const filled = (await filledCollections()).filter((name) => name !== 'whole-data-imports')
  if (filled.length === 0) return null
  const shown = filled.slice(0, 8).join(', ')
  return (
    `The database is not empty (${shown}${filled.length > 8 ? ' …' : ''}), and whole data are read into an empty one only. ` +
    'Choose a new folder with DATA_DIR, or another database name in MONGODB_URI, and import before the first start of Tilsyn there. ' +
    'Nothing was changed.'
  )
}

async function begin(run: string, { hash }: Whole, { clock, note }: How): Promise<void> {
  const unfinished = await unfinishedReadIn()
  const now = clock()
  const begun = await beginReadIn({ run, startedAt: now, seenAt: now, manifest: hash }, unfinished)
  if (!begun)
    throw new CannotReadIn('Another "tilsyn import all" was begun at the same moment. Nothing was changed.')
  if (!unfinished) return
  note?.('An earlier import was broken off: what it left is emptied, and it begins anew.')
  for (const name of await filledCollections()) if (name !== 'whole-data-imports') await emptyCollection(name)
}

/** Together: what is parsed takes some ten times its text. */
const largest = { documents: 500, characters: 1_000_000 }

async function insertAll(whole: Whole, { note }: How): Promise<void> {
  let total = 0
  for (const member of whole.members) {
    const name = collectionOfPath(member.path)
    if (name === null) continue
    let batch: Document[] = []
    let characters = 0
    const flush = async () => {
      await insertStored(name, batch)
      const before = total
      total += batch.length
      batch = []
      characters = 0
      if (Math.floor(total / 100_000) > Math.floor(before / 100_000)) note?.(`${total} records are in.`)
    }
    for await (const line of linesOfMember(member)) {
      batch.push(withoutSecrets(name, documentOf(line)))
      characters += line.length
      if (batch.length >= largest.documents || characters >= largest.characters) await flush()
    }
    if (batch.length > 0) await flush()
  }
}

/** Whatever the file says: nobody comes in by a password that came along. */
function withoutSecrets(name: string, document: Document): Document {
  for (const field of emptied[name] ?? [])
    if (document instanceof Map) document.set(field, null)
    else document[field] = null
  return document
}

async function insertContents(whole: Whole): Promise<void> {
  const contents = new Map(whole.members.map((member) => [member.path, member]))
  for await (const files of everyFile())
    for (const file of files) {
      const content = contents.get(contentPath(file.sha256))
      if (content) await insertContent(file, content.read())
    }
}
