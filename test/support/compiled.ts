import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))
const build = join(root, 'build')
/** What the sources find by their own place, beside them as in the project. */
const beside = ['views', 'public', 'questionnaires', 'docs', 'node_modules', 'package.json']
const folders = ['src', 'test/faults', 'test/support']

/**
 * What to give node so that it runs a program of the project: compiled once, since loading it through tsx took most of the time of the
 * tests that start dozens of processes. `npm start` itself is tested as it is.
 */
export function program(path: string): string[] {
  if (!isFresh()) compile()
  return [join(build, path.replace(/\.ts$/, '.js'))]
}

/** Whole or not at all: two runs beside each other never read half of it. */
export function compile(): void {
  const draft = `${build}-${process.pid}`
  const files = folders.flatMap((folder) => filesIn(folder))
  buildSync({
    absWorkingDir: root,
    entryPoints: files.filter((path) => path.endsWith('.ts')),
    outdir: draft,
    outbase: '.',
    format: 'esm',
    platform: 'node',
    // The first that knows the attributes of an import.
    target: 'node20.12',
    logLevel: 'error',
  })
  for (const path of files.filter((each) => !each.endsWith('.ts'))) {
    mkdirSync(dirname(join(draft, path)), { recursive: true })
    cpSync(join(root, path), join(draft, path))
  }
  for (const name of beside) symlinkSync(join('..', name), join(draft, name))
  rmSync(build, { recursive: true, force: true })
  renameSync(draft, build)
}

function isFresh(): boolean {
  if (!existsSync(build)) return false
  const made = statSync(build).ctimeMs
  return folders.flatMap(filesIn).every((path) => statSync(join(root, path)).mtimeMs < made)
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(join(root, path)).isFile())
}
