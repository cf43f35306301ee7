import Mocha from 'mocha'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** One process's share of a run: the test files it is given. Prints a dot for each test, then what failed; tells its parent the counts. */
export type Counts = {
  passed: number
  failed: number
  skipped: number
  /** How long each file took, in seconds, waiting included. */
  seconds: Record<string, number>
}

const { timeout } = JSON.parse(readFileSync(new URL('../../.mocharc.json', import.meta.url), 'utf8')) as {
  timeout: number
}

/** Dots without the blank lines and totals that each share would add. */
function dots(runner: Mocha.Runner): void {
  const failures: Mocha.Test[] = []
  runner.on('pass', () => process.stdout.write('.'))
  runner.on('pending', () => process.stdout.write(','))
  runner.on('fail', (test, error: Error) => {
    test.err ??= error
    failures.push(test)
    process.stdout.write('!')
  })
  runner.on('end', () => {
    if (failures.length > 0) Mocha.reporters.Base.list(failures)
  })
}

/** Hooks count, too: much of a test is what has to be there before it. */
function timed(runner: Mocha.Runner): Record<string, number> {
  const seconds: Record<string, number> = {}
  let since = 0
  runner.on('suite', (suite) => {
    if (suite.parent?.root) since = performance.now()
  })
  runner.on('suite end', (suite) => {
    const file = suite.file && relative(process.cwd(), suite.file)
    if (suite.parent?.root && file) seconds[file] = (seconds[file] ?? 0) + (performance.now() - since) / 1000
  })
  return seconds
}

const mocha = new Mocha({ timeout, reporter: dots as never })
for (const path of process.argv.slice(2)) mocha.addFile(path)
await mocha.loadFilesAsync()
const counts = await new Promise<Counts>((resolve) => {
  const runner = mocha.run(() => {
    const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {}
    resolve({ passed: passes, failed: failures, skipped: pending, seconds })
  })
  const seconds = timed(runner)
})
await new Promise((told) => (process.send ? process.send(counts, undefined, {}, told) : told(null)))
process.exit(counts.failed > 0 ? 1 : 0)
