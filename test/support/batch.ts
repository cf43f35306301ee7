import Mocha from 'mocha'
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { leaveDatabase } from './database.js'
import { here } from './project.js'

/**
 * One of the processes of a run. It is given a test file, prints a dot for each of its tests and then what failed, tells its parent the
 * counts, and is given the next: the house is loaded and the database started once for all of them.
 */
export type Counts = {
  passed: number
  failed: number
  skipped: number
  /** How long it took, waiting included. */
  seconds: number
  /** Megabytes the process holds by now. */
  holds: number
}

const { timeout } = JSON.parse(readFileSync(join(here, '.mocharc.json'), 'utf8')) as { timeout: number }

/** Dots without the blank lines and totals that each file would add. */
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
    for (const { err } of failures) if (err?.stack) err.stack = inSources(err.stack)
    if (failures.length > 0) Mocha.reporters.Base.list(failures)
  })
}

/** Places in what was compiled, as places in what somebody wrote. Not node's own maps: they make every error of a test dear. */
function inSources(stack: string): string {
  return stack.replace(/(?:file:\/\/)?(\/\S+?\.js):(\d+):(\d+)/g, (as, file: string, line, column) => {
    if (!file.startsWith(here) || !existsSync(`${file}.map`)) return as
    const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload)
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in entry)) return as
    const { originalSource, originalLine, originalColumn } = entry
    return `${resolve(dirname(file), originalSource)}:${originalLine + 1}:${originalColumn + 1}`
  })
}

async function run(path: string): Promise<Counts> {
  const begun = performance.now()
  const mocha = new Mocha({ timeout, reporter: dots as never })
  mocha.addFile(path)
  const counts = await mocha.loadFilesAsync().then(
    () =>
      new Promise<Pick<Counts, 'passed' | 'failed' | 'skipped'>>((resolve) => {
        const runner = mocha.run(() => {
          const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {}
          mocha.dispose()
          resolve({ passed: passes, failed: failures, skipped: pending })
        })
      }),
    (error: unknown) => {
      console.error(`\n${path} could not be loaded:`, error)
      return { passed: 0, failed: 1, skipped: 0 }
    },
  )
  const seconds = (performance.now() - begun) / 1000
  return { ...counts, seconds, holds: process.memoryUsage.rss() / 2 ** 20 }
}

process.on('message', (told: string) => {
  const doing = told.endsWith('.js')
    ? run(told).then((counts) => void process.send?.(counts))
    : leaveDatabase().then(() => process.exit(0))
  doing.catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
