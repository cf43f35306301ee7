/**
 * Whole data out of one house and into another: how long, and how much memory at most.
 *
 *   node --import tsx bench/whole-data.ts [--customers 300] [--vendors 60] [--recipients 3000] [--history 30000] [--notices 5]
 *     [--files 20] [--folder data-whole-bench]
 *
 * The house is seeded as for bench/pages.ts; --history 900000 --recipients 100000 --customers 10000 --vendors 2000 makes more than
 * a million records. Export and import run in processes of their own (`tilsyn export all`, `tilsyn import all`), whose largest
 * resident set is asked of the system (VmHWM, so on Linux only). With --folder the seeded house is kept for a later run.
 */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../src/db/connection.js'
import { storeFile } from '../src/files/actions.js'
import { seed, type Sizes } from './pages/world.js'

const number = (usual: string) => ({ type: 'string', default: usual }) as const
const { values } = parseArgs({
  options: {
    customers: number('300'),
    vendors: number('60'),
    recipients: number('3000'),
    history: number('30000'),
    notices: number('5'),
    files: number('20'),
    folder: { type: 'string' },
  },
})
const sizes: Sizes = {
  customers: Number(values.customers),
  vendors: Number(values.vendors),
  recipients: Number(values.recipients),
  history: Number(values.history),
  notices: Number(values.notices),
}
const root = new URL('../', import.meta.url).pathname
const folder = values.folder ? resolve(values.folder) : await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const [first, second, file] = ['first', 'second', 'whole.zip'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
try {
  await seeded()
  await rm(second, { recursive: true, force: true })
  await mkdir(second, { recursive: true })
  await run('export', first, ['export', 'all', file])
  console.log(`the file has ${((await stat(file)).size / 1e6).toFixed(1)} MB`)
  await run('import --dry-run', second, ['import', 'all', file, '--dry-run'])
  await run('import', second, ['import', 'all', file])
} finally {
  await rm(values.folder ? second : folder, { recursive: true, force: true })
}

async function seeded(): Promise<void> {
  const mark = join(first, 'bench.json')
  const wanted = JSON.stringify({ ...sizes, files: values.files })
  if ((await readFile(mark, 'utf8').catch(() => '')) === wanted) return
  await rm(first, { recursive: true, force: true })
  await mkdir(first, { recursive: true })
  const database = await openDatabase({ dataDir: first })
  try {
    await seed(sizes, (line) => console.log(line))
    const now = new Date('2026-11-23T09:00:00Z')
    const context = {
      now,
      today: '2026-11-23',
      actor: { kind: 'system', id: 'bench' },
      locale: 'da',
    } as const
    for (let made = 0; made < Number(values.files); made += 1) {
      const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(1_000_000, `${made} `)])
      await storeFile(context, { name: `fil-${made}.pdf`, bytes, about: { kind: 'vendor', id: 'v' } })
    }
  } finally {
    await database.close()
  }
  await writeFile(mark, wanted)
}

async function run(name: string, dataDir: string, words: string[]): Promise<void> {
  const began = performance.now()
  // The settings that the command itself would go over to, so that the process that is watched is the one that works.
  const small = ['--max-semi-space-size=4', '--expose-gc']
  const child = spawn(process.execPath, ['--import', 'tsx', ...small, 'src/cli.ts', ...words], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  let peak = 0
  const watch = setInterval(() => {
    readFile(`/proc/${child.pid}/status`, 'utf8')
      .then((status) => (peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))))
      .catch(() => undefined)
  }, 100)
  const code = await new Promise((done) => child.on('close', done))
  clearInterval(watch)
  console.log(said.split('\n')[0])
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `${name}: ${seconds} s, ${(peak / 1024).toFixed(0)} MB resident at most, exit ${String(code)}, load ${loadavg()[0]?.toFixed(1)}`,
  )
}
