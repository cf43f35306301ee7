import { readFileSync } from 'node:fs'
import Mocha from 'mocha'
import { filesBelow } from '../house/files.js'
import { noPostfix } from '../faults/postfix.js'
import { chromium } from './chromium.js'
import { missingPrograms, officePackages } from './office.js'

/**
 * `npm test`: every test there is. `npm test -- notices web` runs those of some folders. The last line says how it went:
 * `N passed, N failed`, with `, N skipped` where tests were left out. Exit code 1 when anything failed.
 */
const { timeout } = JSON.parse(readFileSync(new URL('../../.mocharc.json', import.meta.url), 'utf8')) as {
  timeout: number
}
const folders = process.argv.slice(2)
const all = filesBelow('test', '.test.ts')
  .map(({ path }) => path)
  .filter((path) => folders.length === 0 || folders.some((folder) => path.startsWith(`test/${folder}`)))
const root = new URL('../../', import.meta.url).pathname

const mocha = new Mocha({ timeout, reporter: 'dot', files: [] } as Mocha.MochaOptions)
for (const path of all) mocha.addFile(`${root}${path}`)
await mocha.loadFilesAsync()
const { passed, failed, skipped } = await new Promise<{ passed: number; failed: number; skipped: number }>(
  (resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {}
      resolve({ passed: passes, failed: failures, skipped: pending })
    })
  },
)
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
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
