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
export async function openSnapshot(): Promise<Snapshot | null> {
  const session = mongoose.connection.getClient().startSession({ snapshot: true }) as unknown as ClientSession
  const end = () => session.endSession()
  try {
    await database().collection('counters').findOne({}, { session })
    if ((session as { snapshotTime?: unknown }).snapshotTime) return { session, end }
  } catch {
    // It says so by failing.
  }
  await end()
  return null
}

// SnapshotTooOld, SnapshotUnavailable: servers keep one for minutes only.
const snapshotGone = new Set<unknown>([239, 246])

/**
 * The documents of a collection in the order of their ids, as bytes. Where the server gives the snapshot up on the way, it goes on
 * without, and `lost` is told.
 */
export async function* storedIn(
  name: string,
  { upTo, snapshot, lost }: { upTo?: number; snapshot: Snapshot | null; lost: () => void },
): AsyncGenerator<Buffer> {
  let last: unknown
  let by = snapshot
  for (;;) {
    const id = { ...(last === undefined ? {} : { $gt: last }), ...(upTo === undefined ? {} : { $lte: upTo }) }
    const filter = Object.keys(id).length === 0 ? {} : { _id: id }
    const options = { raw: true, ...(by ? { session: by.session } : {}) }
    const found = database()
      .collection(name)
      .find(filter as Document, options)
      .sort({ _id: 1 })
      .batchSize(500)
    try {
      for await (const stored of found as unknown as AsyncIterable<Buffer>) {
        yield stored
        if (by) last = (mongoose.mongo.BSON.deserialize(stored) as { _id: unknown })._id
      }
      return
    } catch (error) {
      if (!by || !snapshotGone.has((error as { code?: unknown }).code)) throw error
      by = null
      lost()
    }
  }
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
