/** All collections of the house as they are stored, without knowing what is in them. */
import mongoose from 'mongoose'
import type { ClientSession, Db, Document } from 'mongodb'

/** Their names: those of every room, and the counters of references. */
export function knownCollections(): Set<string> {
  return new Set([...Object.values(mongoose.models).map(({ collection }) => collection.name), 'counters'])
}

/** Those that there are, in order. */
export async function presentCollections(): Promise<string[]> {
  const found = await database().listCollections({ type: 'collection' }, { nameOnly: true }).toArray()
  return found
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .toSorted()
}

/** Of those that there are, the ones with something in them. */
export async function filledCollections(): Promise<string[]> {
  const filled: string[] = []
  for (const name of await presentCollections())
    if (
      (await database()
        .collection(name)
        .findOne({}, { projection: { _id: 1 } })) !== null
    )
      filled.push(name)
  return filled
}

/** About how many documents: from the engine's own count. */
export async function aboutHowMany(name: string): Promise<number> {
  return database().collection(name).estimatedDocumentCount()
}

export type Snapshot = { session: ClientSession; end: () => Promise<void> }

/**
 * All that is read with it stood so at one moment. Null on an engine that has none (the embedded one, a server by itself): only one
 * that names the moment has taken the wish seriously.
 */
export async function openSnapshot(from = database()): Promise<Snapshot | null> {
  const session = from.client.startSession({ snapshot: true })
  const end = () => session.endSession()
  try {
    await from.collection('counters').findOne({}, { session })
    if ((session as { snapshotTime?: unknown }).snapshotTime) return { session, end }
  } catch {
    // It says so by failing.
  }
  await end()
  return null
}

// SnapshotTooOld, SnapshotUnavailable: servers keep one for minutes only.
const snapshotGone = new Set<unknown>([239, 246])
// CursorNotFound, CursorKilled: a reader at the other end who paused too long, so that the server let go of what it had open.
const cursorGone = new Set<unknown>([43, 237])

type How = { upTo?: number; snapshot: Snapshot | null; lost: () => void }

/**
 * The documents of a collection in the order of their ids, as bytes. Where the server gives up the snapshot or the cursor on the
 * way, it goes on after the last; of a snapshot that is gone `lost` is told, and what follows is read as it stands.
 */
export async function* storedIn(
  name: string,
  { upTo, snapshot, lost }: How,
  from = database(),
): AsyncGenerator<Buffer> {
  let last: Buffer | null = null
  let by = snapshot
  for (;;) {
    const before: Buffer | null = last
    const id: Document = {
      ...(before ? { $gt: idOf(before) } : {}),
      ...(upTo === undefined ? {} : { $lte: upTo }),
    }
    const options = { raw: true, ...(by ? { session: by.session } : {}) }
    const found = from
      .collection(name)
      .find(Object.keys(id).length === 0 ? {} : { _id: id }, options)
      .sort({ _id: 1 })
      .batchSize(500)
    try {
      for await (const stored of found as unknown as AsyncIterable<Buffer>) {
        last = stored
        yield stored
      }
      return
    } catch (error) {
      const { code } = error as { code?: unknown }
      if (by && snapshotGone.has(code)) {
        by = null
        lost()
      } else if (!cursorGone.has(code) || last === before) throw error
    }
  }
}

/** In its own type: an id of another type would be looked for among others. */
function idOf(stored: Buffer): unknown {
  return (mongoose.mongo.BSON.deserialize(stored, { promoteValues: false }) as { _id: unknown })._id
}

/** As they are, without a look at what is in them: they come from a file that was checked. */
export async function insertStored(name: string, documents: Document[]): Promise<void> {
  if (documents.length > 0)
    await database().collection(name).insertMany(documents, { forceServerObjectId: true, ordered: false })
}

export async function emptyCollection(name: string): Promise<void> {
  await database().collection(name).deleteMany({})
}

function database(): Db {
  const { db } = mongoose.connection
  if (!db) throw new Error('not connected to a database')
  return db as unknown as Db
}
