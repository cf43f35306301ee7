import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Collection } from 'mongodb'
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
    // A process of those before may have written after the last emptying.
    if (othersWrite) touched = 'any'
    othersWrite = false
    const models = Object.values(mongoose.models)
    if (models.every((model) => indexed.has(model))) return
    await ensureIndexes()
    for (const model of models) indexed.add(model)
  })
  beforeEach('empty the database', emptyDatabase)
}

/** Removes every document and keeps the indexes. */
export async function emptyDatabase(): Promise<void> {
  const database = mongoose.connection.db!
  const names =
    touched === 'any'
      ? (await database.collections()).map(({ collectionName }) => collectionName)
      : [...touched].filter((name) => !name.startsWith('system.'))
  touched = othersWrite ? 'any' : new Set()
  await Promise.all(
    names.map(async (name) => {
      const collection = database.collection(name)
      // A deletion waits for the disk even where there is nothing to delete.
      if (await collection.findOne({}, { projection: { _id: 1 } })) await collection.deleteMany({})
    }),
  )
}

/**
 * The collections written to since the last emptying: asking each of a hundred whether it holds anything took longer than most
 * tests. 'any' where others write, too.
 */
let touched: Set<string> | 'any' = 'any'
/** A test has processes of its own on the database. */
let othersWrite = false

const writing = [
  'insertOne',
  'insertMany',
  'bulkWrite',
  'initializeOrderedBulkOp',
  'initializeUnorderedBulkOp',
  'updateOne',
  'updateMany',
  'replaceOne',
  'findOneAndUpdate',
  'findOneAndReplace',
  'aggregate',
] as const
for (const name of writing) {
  const method = Collection.prototype[name] as (...given: unknown[]) => unknown
  Collection.prototype[name] = function noted(this: Collection, ...given: unknown[]) {
    // What an aggregation writes, it writes elsewhere.
    if (name !== 'aggregate') noteWrite(this.collectionName)
    else if (/"\$(?:merge|out)":/.test(JSON.stringify(given[0]))) touched = 'any'
    return method.apply(this, given)
  } as never
}

function noteWrite(collection: string): void {
  if (touched !== 'any') touched.add(collection)
}

/** Where it is, for processes a test starts: they open the same database. */
export async function databaseUri(): Promise<string> {
  if (!opened) throw new Error('useDatabase() comes first')
  touched = 'any'
  othersWrite = true
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

/** One engine serves all files of a process: it is left when the last is through. */
export async function leaveDatabase(): Promise<void> {
  if (!opened) return
  const database = await opened
  if (server) await mongoose.connection.dropDatabase()
  await database.close()
  if (folder) await rm(folder, { recursive: true, force: true })
}

// A process of a whole run is given its files one by one, and told when that was all.
if (!process.env['ONE_BY_ONE'])
  after('leave the database', function () {
    this.timeout(120_000)
    return leaveDatabase()
  })
