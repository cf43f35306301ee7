import { dirname } from 'node:path'
import { MongoInstance } from 'mongodb-memory-server'
import { DataFolderInUse, NoDatabase } from '../failures.js'
import { filesOf, type Choice } from './choice.js'

/** A running engine process. */
export type Child = { pid: number; stop: () => Promise<void>; whenGone: Promise<void> }

/**
 * Starts the engine as a child process on a Unix socket. Throws DataFolderInUse where another engine has the
 * files, NoDatabase where it does not start for any other reason.
 */
export async function startChild(dataDir: string, socketPath: string, choice: Choice): Promise<Child> {
  const instance = new MongoInstance({
    instance: {
      dbPath: filesOf(dataDir),
      storageEngine: 'wiredTiger',
      // Both engines take the path of a socket for an address. The port is asked for, and not opened.
      ip: socketPath,
      port: 27017,
      launchTimeout: 60_000,
      args: choice.engine === 'mongod' ? ['--unixSocketPrefix', dirname(socketPath)] : [],
    },
    binary: choice.binary,
    // Detached, so that Ctrl-C does not reach the engine before the app has written its last.
    spawn: { detached: true },
  })
  const words: string[] = []
  const hear = (line: string) => {
    words.push(line)
    if (words.length > 50) words.shift()
  }
  instance.on(event('instanceSTDERR'), hear)
  instance.on(event('instanceSTDOUT'), hear)
  const whenGone = new Promise<void>((resolve) => instance.once(event('instanceClosed'), () => resolve()))
  try {
    await instance.start()
  } catch (error) {
    await instance.stop().catch(() => false)
    if (words.some((line) => line.includes('DBPathInUse'))) throw new DataFolderInUse(dataDir, undefined)
    const told = words.find((line) => /exception/i.test(line))
    const reason = told ?? (error instanceof Error ? error.message : String(error))
    throw new NoDatabase(`the engine did not start (${reason.split('\n')[0]})`, error)
  }
  const pid = instance.mongodProcess?.pid
  if (pid === undefined) throw new NoDatabase('the engine ended right after its start')
  return { pid, whenGone, stop: () => instance.stop().then(() => undefined) }
}

// The package names its events by an enum it does not export.
function event(name: string): Parameters<MongoInstance['on']>[0] {
  return name as Parameters<MongoInstance['on']>[0]
}
