/**
 * How long pages take with few customers and with many: one app on a small house and one on a large, asked in turn over HTTP.
 *
 *   node --import tsx bench/pages.ts [--customers 10000] [--vendors 2000] [--recipients 100000] [--history 1000000]
 *     [--notices 20] [--rounds 60] [--only 'customers|log'] [--folder data-bench] [--port 3208]
 *
 * Those are the sizes of the large house (the default); the small one has 100 customers and the rest in proportion, but 100 vendors,
 * so that a page of its lists is as full as one of the large house's and what is compared is the house, not the number of rows.
 * Seeding the default takes some minutes. With --folder both houses are kept there, and a later run with the same sizes
 * begins at once. Ports `port` and `port + 1` are used.
 *
 * Printed for each page: milliseconds at p50 and p95, small and large, and how many times longer the large one's p95 is.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../src/db/connection.js'
import { addressesFor, type Addresses } from './pages/addresses.js'
import { startApp, type App } from './pages/app.js'
import { seed, type Sizes, type World } from './pages/world.js'

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '10000' },
    vendors: { type: 'string', default: '2000' },
    recipients: { type: 'string', default: '100000' },
    history: { type: 'string', default: '1000000' },
    notices: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    folder: { type: 'string' },
    port: { type: 'string', default: '3208' },
  },
})
const large: Sizes = {
  customers: Number(values.customers),
  vendors: Number(values.vendors),
  recipients: Number(values.recipients),
  history: Number(values.history),
  notices: Number(values.notices),
}
const share = 100 / large.customers
const small: Sizes = {
  customers: 100,
  vendors: 100,
  recipients: Math.round(large.recipients * share),
  history: Math.round(large.history * share),
  notices: large.notices,
}
type House = { app: App; addresses: Addresses }

const rounds = Number(values.rounds)
// The engine goes on making a page faster for some forty requests; an app that runs for days is past that.
const warmUp = Math.min(40, rounds)
/** The aims: how many times longer at the large size, and milliseconds for a past day's list. */
const mostTimes = 1.3
const mostForPastDay = 50

const folder = values.folder ? resolve(values.folder) : await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const houses: House[] = []
try {
  for (const [place, [name, sizes]] of Object.entries({ small, large }).entries()) {
    const dataDir = join(folder, name)
    const { addresses, cookies } = await prepared(name, dataDir, sizes)
    const app = await startApp({ dataDir, port: Number(values.port) + place, cookies })
    houses.push({ app, addresses })
    console.log(`${name}: started in ${(app.startedIn / 1000).toFixed(1)} s`)
  }
  await Promise.all(houses.map(({ app }) => app.settled()))
  await measure(...(houses as [House, House]))
} finally {
  await Promise.all(houses.map(({ app }) => app.stop()))
  if (!values.folder) await rm(folder, { recursive: true, force: true })
}

/** Seeds the house where it is not there in this size, and opens a session and a customer's link for the measuring. */
async function prepared(name: string, dataDir: string, sizes: Sizes) {
  const file = join(dataDir, 'bench.json')
  const known = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as World,
    () => null,
  )
  const same = known && Object.entries(sizes).every(([key, size]) => known[key as keyof Sizes] === size)
  if (!same) await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  const database = await openDatabase({ dataDir })
  try {
    const began = performance.now()
    const world = same ? known : await seed(sizes, (line) => console.log(`${name}: ${line}`))
    if (!same) {
      console.log(`${name}: seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`)
      await writeFile(file, JSON.stringify(world))
    }
    return await addressesFor(world, dataDir)
  } finally {
    await database.close()
  }
}

async function measure(little: House, big: House): Promise<void> {
  const wanted = new RegExp(values.only)
  const names = Object.keys(big.addresses).filter((name) => wanted.test(name))
  console.log(`\n${rounds} requests each, load ${loadavg()[0]?.toFixed(1)}\n`)
  const heads = ['small p50', 'p95', 'large p50', 'p95', 'times', 'kB'].map((head) => head.padStart(10))
  console.log(`${'page'.padEnd(38)}${heads.join('')}`)
  const missed: string[] = []
  for (const name of names) {
    const wrong = await measured(name).catch((error: unknown) => error)
    if (wrong instanceof Error) console.log(`${name.padEnd(38)}${wrong.message}  *`)
    if (wrong) missed.push(name)
  }
  console.log(`\nload ${loadavg()[0]?.toFixed(1)} at the end`)
  console.log(missed.length === 0 ? 'Every aim is met.' : `* misses its aim: ${missed.join(', ')}`)

  /** Whether it misses its aim. */
  async function measured(name: string): Promise<boolean> {
    const times = { little: [] as number[], big: [] as number[] }
    let size = 0
    for (let round = -warmUp; round < rounds; round++) {
      const ofLittle = await asked(little, name, round + warmUp)
      const ofBig = await asked(big, name, round + warmUp)
      size = ofBig.bytes
      if (round < 0) continue
      times.little.push(ofLittle.took)
      times.big.push(ofBig.took)
    }
    const [a50, a95, b50, b95] = [
      percentile(times.little, 0.5),
      percentile(times.little, 0.95),
      percentile(times.big, 0.5),
      percentile(times.big, 0.95),
    ]
    const misses = b95 / a95 > mostTimes || (name.includes('past day') && b95 > mostForPastDay)
    const cells = [a50, a95, b50, b95].map((each) => each.toFixed(1).padStart(10))
    const ratio = (b95 / a95).toFixed(2).padStart(10)
    const kilobytes = (size / 1000).toFixed(0).padStart(10)
    console.log(`${name.padEnd(38)}${cells.join('')}${ratio}${kilobytes}${misses ? '  *' : ''}`)
    return misses
  }
}

async function asked({ app, addresses }: House, name: string, round: number) {
  const paths = addresses[name] ?? []
  return app.get(paths[round % paths.length] ?? '/')
}

function percentile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}
