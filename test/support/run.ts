import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { filesBelow } from '../house/files.js'
import { noPostfix } from '../faults/postfix.js'
import type { Counts } from './batch.js'
import { chromium } from './chromium.js'
import { compile } from './compiled.js'
import { missingPrograms, officePackages } from './office.js'

/**
 * `npm test`: every test there is. `npm test -- notices web` runs those of some folders. The last line says how it went, those
 * before it what took longest: `N passed, N failed`, with `, N skipped` where tests were left out. Exit code 1 when anything failed.
 */
const folders = process.argv.slice(2)
const all = filesBelow('test', '.test.ts')
  .map(({ path }) => path)
  .filter((path) => folders.length === 0 || folders.some((folder) => path.startsWith(`test/${folder}`)))
const root = new URL('../../', import.meta.url).pathname

// The tests wait more than they work, so that one process more than there are cores goes side by side; each has a database of its
// own. What takes longest begins first.
const sideBySide = Math.min(4, availableParallelism() + 1)
const longest = ['browser/pages', 'faults', 'browser', 'journeys', 'walkthrough', 'papers', 'exports'].map(
  (place) => `test/${place}`,
)
/** Of those that take longest: so that none is still at it when the others are done. */
const perLongShare = 5
const leastPerShare = 8
const shares = sharesOf(all)

// Once, before the shares: several of them start programs.
compile()

const total: Counts = { passed: 0, failed: 0, skipped: 0, seconds: {} }
const waiting = [...shares]
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
const { passed, failed, skipped, seconds } = total
const slowest = Object.entries(seconds)
  .toSorted(([, one], [, other]) => other - one)
  .slice(0, 12)
  .filter(() => all.length > 12)
for (const [path, taken] of slowest) process.stdout.write(`${taken.toFixed(0).padStart(5)} s  ${path}\n`)
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)

function sharesOf(files: readonly string[]): string[][] {
  const placeOf = (path: string) => longest.find((place) => path.startsWith(place))
  const ofLong = longest.flatMap((place) =>
    inShares(
      files.filter((path) => placeOf(path) === place),
      perLongShare,
    ),
  )
  return [...ofLong, ...inLessening(files.filter((path) => !placeOf(path)))]
}

/** Large shares first, since each begins with loading the house, then smaller ones: all are through at about the same time. */
function inLessening(files: readonly string[]): string[][] {
  if (files.length === 0) return []
  const size = Math.max(leastPerShare, Math.ceil(files.length / (2 * sideBySide)))
  return [files.slice(0, size), ...inLessening(files.slice(size))]
}

function inShares(files: readonly string[], most: number): string[][] {
  return Array.from({ length: Math.ceil(files.length / most) }, (_, n) =>
    files.slice(n * most, (n + 1) * most),
  )
}

async function workOff(): Promise<void> {
  for (let share = waiting.shift(); share; share = waiting.shift()) {
    const { passed, failed, skipped, seconds } = await runShare(share)
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    Object.assign(total.seconds, seconds)
  }
}

/** A process that ends without counting, such as one that could not load a file, counts as a failure. */
async function runShare(share: readonly string[]): Promise<Counts> {
  const child = fork(
    new URL('batch.ts', import.meta.url).pathname,
    share.map((path) => `${root}${path}`),
  )
  let counts: Counts | null = null
  child.once('message', (told) => (counts = told as Counts))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (counts) return counts
  process.stdout.write(
    `\nThe tests of ${share[0]} and the ${share.length - 1} after it ended early (exit ${code}).\n`,
  )
  return { passed: 0, failed: 1, skipped: 0, seconds: {} }
}
