import { fork } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { chooseEngine } from '../../src/db/engine/choice.js'
import { filesBelow } from '../house/files.js'
import { noPostfix } from '../faults/postfix.js'
import type { Counts } from './batch.js'
import { chromium } from './chromium.js'
import { compile, programsIn, putTogether } from './compiled.js'
import { missingPrograms, officePackages } from './office.js'
import { project } from './project.js'
import { quickFolder } from './quick-folder.js'

/**
 * `npm test`: every test there is. `npm test -- notices web` runs those of some folders. The last line says how it went, those
 * before it what took longest: `N passed, N failed`, with `, N skipped` where tests were left out. Exit code 1 when anything failed.
 */
const folders = process.argv.slice(2)
const all = filesBelow('test', '.test.ts')
  .map(({ path }) => path)
  .filter((path) => folders.length === 0 || folders.some((folder) => path.startsWith(`test/${folder}`)))

// The tests wait more than they work, so that one process more than there are cores goes side by side; each has a database of its
// own.
const sideBySide = Math.min(4, availableParallelism() + 1, all.length)
/** What takes longest begins first; of the rest, what is written at most length: so that all are through at about the same time. */
const longest = [
  'browser/pages',
  'faults/kill-timers',
  'faults/app-life',
  'walkthrough',
  'faults',
  'browser',
  'cli',
  'journeys',
  'papers',
  'exports',
].map((place) => `test/${place}`)
/** A process that holds more megabytes makes room for another. */
const mostHeld = 1500

// Programs of other users are among what tests start: Postfix, and what it hands mails to.
const place = mkdtempSync(join(quickFolder(), 'tilsyn-run-'))
chmodSync(place, 0o755)
process.on('exit', leaveNothing)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
// Once, and as everything is now: whoever writes on meanwhile does not disturb it.
const build = join(place, 'build')
compile(build, ['src', 'test', 'bench'])
putTogether(programsIn(build))
// Where the engine needs a newer C library, the first start fetches it: here once, and not in several processes at the same moment.
// Where it cannot be had, the tests that need a database say so.
if (!process.env['TEST_MONGODB_URI'])
  await chooseEngine(place, (line) => console.log(line)).catch(() => undefined)
const temporary = join(place, 'tmp')
mkdirSync(temporary)

const total = { passed: 0, failed: 0, skipped: 0 }
const seconds: Record<string, number> = {}
const waiting = inOrder(all)
await Promise.all(Array.from({ length: sideBySide }, workOff))

process.stdout.write('\n')
if (!chromium && all.some((path) => path.startsWith('test/browser/')))
  process.stdout.write(
    'No Chromium was found, so the browser tests were left out. Install it (apt-get install chromium) or name one with CHROMIUM.\n',
  )
if (missingPrograms.length > 0 && all.some((path) => path.startsWith('test/papers/')))
  process.stdout.write(
    `The tests that open the papers were left out: ${missingPrograms.join(', ')} not found. Install them (apt-get install ${officePackages}).\n`,
  )
if (noPostfix && all.some((path) => path.startsWith('test/faults/')))
  process.stdout.write(`The tests with a real mail server were left out: ${noPostfix}.\n`)
const { passed, failed, skipped } = total
const slowest = Object.entries(seconds)
  .toSorted(([, one], [, other]) => other - one)
  .slice(0, Number(process.env['SLOWEST'] ?? 12))
  .filter(() => all.length > 12)
for (const [path, taken] of slowest) process.stdout.write(`${taken.toFixed(0).padStart(5)} s  ${path}\n`)
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)

function leaveNothing(): void {
  rmSync(place, { recursive: true, force: true, maxRetries: 5 })
  // What starts the engine is kept beside the dependencies, and names the place of the engine it starts.
  const cache = join(project, 'node_modules/.cache/tilsyn')
  try {
    for (const starter of readdirSync(cache).filter((name) => name.endsWith('.sh')))
      if (readFileSync(join(cache, starter), 'utf8').includes(place)) rmSync(join(cache, starter))
  } catch {
    // There is none, or another run is tidying up at this moment: what stays is a few hundred bytes.
  }
}

function inOrder(files: readonly string[]): string[] {
  const rank = (path: string) => {
    const place = longest.findIndex((beginning) => path.startsWith(beginning))
    return place < 0 ? longest.length : place
  }
  const size = new Map(files.map((path) => [path, statSync(join(project, path)).size]))
  return files.toSorted(
    (one, other) => rank(one) - rank(other) || (size.get(other) ?? 0) - (size.get(one) ?? 0),
  )
}

async function workOff(): Promise<void> {
  let worker: Worker | undefined
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    worker ??= startWorker()
    const counts = await worker.run(path)
    total.passed += counts?.passed ?? 0
    total.failed += counts?.failed ?? 1
    total.skipped += counts?.skipped ?? 0
    if (counts) seconds[path] = counts.seconds
    if (counts && counts.holds < mostHeld) continue
    await worker.leave()
    worker = undefined
  }
  await worker?.leave()
}

type Worker = {
  /** Nothing where the process ended before it could tell, such as for an error that nobody caught. */
  run: (path: string) => Promise<Counts | undefined>
  leave: () => Promise<void>
}

function startWorker(): Worker {
  const child = fork(join(build, 'test/support/batch.js'), {
    execArgv: [],
    env: { ...process.env, TMPDIR: temporary, ONE_BY_ONE: 'yes' },
  })
  let tell: (counts: Counts) => void
  child.on('message', (counts) => tell(counts as Counts))
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    run: async (path) => {
      const told = new Promise<Counts>((resolve) => (tell = resolve))
      if (child.connected) child.send(join(build, path.replace(/\.ts$/, '.js')))
      const said = await Promise.race([told, gone])
      if (said !== null && typeof said === 'object') return said
      process.stdout.write(`\nThe tests of ${path} ended early (exit ${said}).\n`)
      return undefined
    },
    leave: async () => {
      if (!child.connected) return
      child.send('that was all')
      const code = await gone
      if (code === 0) return
      total.failed += 1
      process.stdout.write(`\nA process of tests could not end (exit ${code}).\n`)
    },
  }
}
