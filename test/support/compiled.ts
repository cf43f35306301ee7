import { execFileSync } from 'node:child_process'
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
import { buildSync } from 'esbuild'
import { here, project } from './project.js'

const build = join(project, 'build')
/** What the sources find by their own place, beside them as in the project. */
const beside = ['.mocharc.json', 'views', 'public', 'questionnaires', 'docs', 'node_modules', 'package.json']
/** Where programs are that tests start, with what these import. */
const ofPrograms = ['src', 'test/db', 'test/faults', 'test/mail', 'test/support']

/**
 * What to give node so that it runs a program of the project: put together once from its more than a thousand files, since loading them
 * took most of the time of the tests that start dozens of processes. `npm start` itself is tested as it is.
 */
export function program(path: string): string[] {
  const compiled = path.replace(/\.ts$/, '.js')
  // A run of all tests is itself compiled, and holds on to what it was when it began.
  if (here !== project) return [join(programsIn(here), compiled)]
  if (!isFresh()) putTogether(build)
  return [join(build, compiled)]
}

/** Where a run of all tests has its programs. */
export function programsIn(run: string): string {
  return join(run, 'programs')
}

/** Whole or not at all: two runs beside each other never read half of it. */
export function putTogether(place: string): void {
  const draft = `${place}-${process.pid}`
  const script = join(project, 'test/support/put-together.ts')
  execFileSync(process.execPath, ['--import', 'tsx', script, draft, place], { cwd: project })
  copyBeside(draft, filesIn('src'))
  takePlace(draft, place)
}

/** Each file by itself, likewise whole or not at all. */
export function compile(place: string, folders: readonly string[]): void {
  const draft = `${place}-${process.pid}`
  const files = folders.flatMap((folder) => filesIn(folder))
  buildSync({
    absWorkingDir: project,
    entryPoints: files.filter((path) => path.endsWith('.ts')),
    outdir: draft,
    outbase: '.',
    format: 'esm',
    platform: 'node',
    // The first that knows the attributes of an import.
    target: 'node20.12',
    // So that what fails is said with its lines in the sources.
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
  })
  copyBeside(draft, files)
  takePlace(draft, place)
}

/** What is no code stands beside it as in the project. */
function copyBeside(draft: string, files: readonly string[]): void {
  for (const path of files.filter((each) => !each.endsWith('.ts'))) {
    mkdirSync(dirname(join(draft, path)), { recursive: true })
    cpSync(join(project, path), join(draft, path))
  }
  for (const name of beside) symlinkSync(join(project, name), join(draft, name))
}

function takePlace(draft: string, place: string): void {
  rmSync(place, { recursive: true, force: true })
  renameSync(draft, place)
}

function isFresh(): boolean {
  if (!existsSync(build)) return false
  const made = statSync(build).ctimeMs
  return ofPrograms.flatMap(filesIn).every((path) => statSync(join(project, path)).mtimeMs < made)
}

function filesIn(folder: string): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(join(project, path)).isFile())
}
