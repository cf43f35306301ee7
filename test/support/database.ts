import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mongoose from 'mongoose'
import { openDatabase, type Database } from '../../src/db/connection.js'
import { ensureIndexes } from '../../src/db/indexes.js'

const server = process.env.TEST_MONGODB_URI

let opened: Promise<Database> | undefined
let folder: string | undefined
const indexed = new Set<unknown>()

/**
 * Inside `describe`: mongoose is connected, all models have their indexes, and every test begins with empty
 * collections. All test files of a run share one engine (or the server named by TEST_MONGODB_URI).
 */
export function useDatabase(): void {
  before('connect to the database', async function () {
    // The first start on a machine fetches a C library.
    this.timeout(180_000)
    await (opened ??= open())
    const models = Object.values(mongoose.models)
    if (models.every((model) => indexed.has(model))) return
    await ensureIndexes()
    for (const model of models) indexed.add(model)
  })
  beforeEach('empty the database', emptyDatabase)
}

/** Removes every document and keeps the indexes. */
export async function emptyDatabase(): Promise<void> {
  const collections = await mongoose.connection.db!.collections()
  await Promise.all(
    collections
      .filter((collection) => !collection.collectionName.startsWith('system.'))
      .map(async (collection) => {
        // A deletion waits for the disk even where there is nothing to delete.
        if (await collection.findOne({}, { projection: { _id: 1 } })) await collection.deleteMany({})
      }),
  )
}

/** Where it is, for processes a test starts: they open the same database. */
export async function databaseUri(): Promise<string> {
  if (!opened) throw new Error('useDatabase() comes first')
  return (await opened).uri
}

async function open(): Promise<Database> {
  if (server) {
    // Runs beside each other on one server must not empty each other's collections.
    const mongodbUri = server.replace(/^([^:]+:\/\/[^/?]+)(\/[^?]*)?/, `$1/tilsyn-test-${process.pid}`)
    return openDatabase({ dataDir: tmpdir(), mongodbUri })
  }
  folder = await mkdtemp(join(tmpdir(), 'tilsyn-test-'))
  return openDatabase({ dataDir: folder })
}

// Of the whole run, whichever file is loaded first: one engine serves all of them.
after('leave the database', async function () {
  this.timeout(30_000)
  if (!opened) return
  const database = await opened
  if (server) await mongoose.connection.dropDatabase()
  await database.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})
