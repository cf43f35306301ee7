import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseEngine, rememberEngine, type Choice } from './engine/choice.js'
import { startChild, type Child } from './engine/child.js'
import { DataFolderInUse, type Note } from './failures.js'
import { endProcess, isAlive, processOf, readOwner, removeOwner, writeOwner } from './owner.js'

export type Embedded = { uri: string; close: () => Promise<void> }

/** A quick restart finds the app or its engine still closing; after this long it is not going to. */
const patience = 15_000

// The longest path a socket's address holds is 103 bytes on macOS, 107 on Linux.
const longestSocketPath = 100

/**
 * Opens the data folder with the embedded engine, waiting for a predecessor that is about to end. An engine that
 * dies is started again once, at the same address; after that `onDead` is told.
 */
export async function openEmbedded(
  dataDir: string,
  note: Note,
  onDead: (error: unknown) => void,
): Promise<Embedded> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await waitForPredecessor(dataDir, note)
  const choice = await chooseEngine(dataDir, note)
  await rememberEngine(dataDir, choice.engine)
  const socketPath = await placeForSocket(dataDir)
  const leave = () => rm(dirname(socketPath), { recursive: true, force: true })
  const uri = `mongodb://${encodeURIComponent(socketPath)}/tilsyn?directConnection=true`

  let child = await startWithPatience(dataDir, socketPath, choice, note).catch(async (error: unknown) => {
    // In the data folder another start may be listening there by now.
    if (!socketPath.startsWith(dataDir)) await leave()
    throw error
  })
  let closing = false
  const own = async () => {
    const [app, engine] = await Promise.all([processOf(process.pid), processOf(child.pid)])
    if (app && engine) await writeOwner(dataDir, { app, engine, engineName: choice.engine, uri, closing })
  }
  await own()

  const watch = async (restarts: number): Promise<void> => {
    await child.whenGone
    if (closing) return
    if (restarts === 0) throw new Error('the database engine ended again')
    note('The database engine ended unexpectedly; it is started again.')
    child = await startWithPatience(dataDir, socketPath, choice, note)
    if (closing) return child.stop()
    await own()
    await watch(restarts - 1)
  }
  watch(1).catch((error: unknown) => {
    if (!closing) onDead(error)
  })

  const close = async () => {
    if (closing) return
    closing = true
    await own()
    await child.stop()
    await removeOwner(dataDir)
    await leave()
  }
  return { uri, close }
}

async function waitForPredecessor(dataDir: string, note: Note): Promise<void> {
  for (const end = Date.now() + patience; ; await sleep(100)) {
    const owner = await readOwner(dataDir)
    if (!owner) return
    if (await isAlive(owner.app)) {
      if (owner.closing && Date.now() < end) continue
      throw new DataFolderInUse(dataDir, owner.app.pid)
    }
    if (await isAlive(owner.engine)) {
      note(`Ending the database engine left by a start that was killed (process ${owner.engine.pid}).`)
      await endProcess(owner.engine, 5_000)
    }
    return
  }
}

/** The files may be held a moment longer by an engine nobody recorded, whose app was killed during its start. */
async function startWithPatience(
  dataDir: string,
  socketPath: string,
  choice: Choice,
  note: Note,
): Promise<Child> {
  for (const end = Date.now() + patience; ; await sleep(250)) {
    try {
      return await startChild(dataDir, socketPath, choice)
    } catch (error) {
      if (!(error instanceof DataFolderInUse) || Date.now() > end) throw error
      await waitForPredecessor(dataDir, note)
    }
  }
}

/** In the data folder where its path is short enough; a folder closed to all other users in any case. */
async function placeForSocket(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'run')
  if (Buffer.byteLength(join(folder, 'db.sock')) > longestSocketPath) {
    return join(await mkdtemp(join(tmpdir(), 'tilsyn-')), 'db.sock')
  }
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o700)
  return join(folder, 'db.sock')
}
