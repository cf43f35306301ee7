import mongoose from 'mongoose'
import type { Db, Document } from 'mongodb'
import { documentOf, textOf } from './dump-documents.js'
import {
  checkDump,
  documentLine,
  documentsOf,
  headerLine,
  trailerLine,
  writeLines,
  type Counts,
} from './dump-file.js'
import { DatabaseNotEmpty } from './failures.js'

const largestBatch = { documents: 500, characters: 4_000_000 }

/**
 * Writes every document of the connected database to a gzip file of Extended JSON lines. Indexes are not in it:
 * `ensureIndexes` makes them. Taken while the app runs, later writes may be in it for one collection and not for
 * another.
 */
export async function dumpDatabase(file: string): Promise<Counts> {
  const counts: Counts = {}
  await writeLines(file, linesOf(database(), counts))
  return counts
}

/**
 * Puts the documents of a dump into the connected database. Refuses a file that is not whole (BadDump) before it
 * changes anything, and a database that is not empty (DatabaseNotEmpty) unless it is to be replaced.
 */
export async function restoreDatabase(file: string, { replace }: { replace: boolean }): Promise<Counts> {
  const counts = await checkDump(file)
  const db = database()
  const filled = await collectionsWithDocuments(db)
  if (filled.length > 0 && !replace) throw new DatabaseNotEmpty(filled)
  for (const name of filled) await db.collection(name).deleteMany({})
  await insertAll(db, file)
  // What lists are found by may be of another moment in the dump than its records: without the stamp it is made anew.
  await db.collection('list-stamps').deleteMany({})
  return counts
}

async function* linesOf(db: Db, counts: Counts): AsyncGenerator<string> {
  yield headerLine(new Date())
  for (const name of await collectionNames(db)) {
    counts[name] = 0
    const stored = db.collection(name).find({}, { raw: true }) as unknown as AsyncIterable<Buffer>
    for await (const document of stored) {
      counts[name] += 1
      yield documentLine(name, textOf(document))
    }
  }
  yield trailerLine(counts)
}

async function insertAll(db: Db, file: string): Promise<void> {
  let batch: Document[] = []
  let characters = 0
  let into = ''
  const flush = async () => {
    if (batch.length > 0) await db.collection(into).insertMany(batch, { forceServerObjectId: true })
    batch = []
    characters = 0
  }
  for await (const { collection, line } of documentsOf(file)) {
    const full = batch.length >= largestBatch.documents || characters + line.length > largestBatch.characters
    if (collection !== into || full) await flush()
    into = collection
    batch.push(documentOf(line))
    characters += line.length
  }
  await flush()
}

async function collectionsWithDocuments(db: Db): Promise<string[]> {
  const names = await collectionNames(db)
  const filled = await Promise.all(
    names.map(async (name) => (await db.collection(name).findOne({})) !== null),
  )
  return names.filter((_, index) => filled[index])
}

async function collectionNames(db: Db): Promise<string[]> {
  const collections = await db.listCollections({ type: 'collection' }, { nameOnly: true }).toArray()
  return collections
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.'))
    .sort()
}

function database(): Db {
  const { db } = mongoose.connection
  if (!db) throw new Error('not connected to a database')
  return db
}
