import type { MongoClient } from 'mongodb'
import mongoose, { type ConnectOptions } from 'mongoose'
import { isTooOld, ServerTooOld, type Note } from './failures.js'
import { watchHeartbeat } from './heartbeat.js'
import { isAlive, readOwner } from './owner.js'

export type Database = {
  uri: string
  kind: 'server' | 'embedded'
  /** Disconnects; ends the engine where this process started it. */
  close: () => Promise<void>
}

export type DatabaseOptions = {
  /** Absolute path. */
  dataDir: string
  mongodbUri?: string | undefined
  /** Told what takes long or went wrong, a line at a time; standard error without it. */
  log?: Note
  /** The engine is gone for good: the app should end with a failure. */
  onDead?: (error: unknown) => void
}

/**
 * Connects mongoose's default connection: to `mongodbUri`, or to an embedded engine it starts on `dataDir`.
 * Throws DataFolderInUse, MadeByOtherEngine, NoDatabase or ServerTooOld, whose messages are for the person who started it.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.mongodbUri) return connectServer(options.mongodbUri, options.log)
  // Loaded only here: with a server of one's own there is no engine to manage.
  const { openEmbedded } = await import('./embedded.js')
  const embedded = await openEmbedded(options.dataDir, options.log ?? toStderr, options.onDead ?? fail)
  try {
    await connect(embedded.uri, durableHere, options.log)
  } catch (error) {
    await embedded.close()
    throw error
  }
  const close = async () => {
    await mongoose.disconnect()
    await embedded.close()
  }
  return { uri: embedded.uri, kind: 'embedded', close }
}

/** For the command line: the database of the app that runs on the data folder, else as `openDatabase`. */
export async function connectDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.mongodbUri) return connectServer(options.mongodbUri, options.log)
  const owner = await readOwner(options.dataDir)
  if (!owner || owner.closing || !(await isAlive(owner.app))) return openDatabase(options)
  await connect(owner.uri, durableHere, options.log)
  return { uri: owner.uri, kind: 'embedded', close: () => mongoose.disconnect() }
}

// Acknowledged means on disk. The embedded engine is one node, where 'majority' lost writes in kills and this none.
const durableHere: ConnectOptions['writeConcern'] = { w: 1, j: true }
const durableOnServer: ConnectOptions['writeConcern'] = { w: 'majority', j: true }

async function connectServer(uri: string, log?: Note): Promise<Database> {
  await connect(uri, durableOnServer, log)
  const { version } = (await mongoose.connection.getClient().db().admin().buildInfo()) as { version: string }
  if (isTooOld(version)) {
    await mongoose.disconnect()
    throw new ServerTooOld(version)
  }
  return { uri, kind: 'server', close: () => mongoose.disconnect() }
}

async function connect(
  uri: string,
  writeConcern: ConnectOptions['writeConcern'],
  log: Note = toStderr,
): Promise<void> {
  const namesDatabase = /^mongodb(\+srv)?:\/\/[^/]+\/[^?]/.test(uri)
  await mongoose.connect(uri, {
    ...(namesDatabase ? {} : { dbName: 'tilsyn' }),
    ...(writeConcern ? { writeConcern } : {}),
    // A decision is taken on what was just written; a lagging copy may not know it yet.
    readPreference: 'primary',
    autoIndex: false,
    autoCreate: false,
  })
  watchHeartbeat(mongoose.connection.getClient() as unknown as MongoClient, log)
}

function toStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}

function fail(error: unknown): never {
  throw error
}
