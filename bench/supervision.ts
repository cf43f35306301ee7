/**
 * How long the year's board takes with many sub-processors.
 *
 *   node --import tsx bench/supervision.ts [--vendors 2000] [--customers 200] [--rounds 20] [--folder data-bench-supervision]
 *
 * Half of the vendors have been asked this year, all were last year; every third has a statement, every fifth a finding, and every
 * engagement has points. With --folder the house is kept there, and a later run with the same sizes begins at once.
 *
 * Printed: milliseconds at p50 and p95 to reckon the year, to select and page, and for the dashboard's tasks.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import mongoose from 'mongoose'
import { dayOf } from '../src/base/day.js'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import { EngagementModel } from '../src/register/records/engagements.js'
import { boardToShow, supervisionTasks, yearOf } from '../src/supervision/actions.js'
import { readBoardQuery } from '../src/supervision/form.js'
import '../src/findings/records.js'
import '../src/questionnaires/records/questionnaires.js'
import '../src/statements/records.js'
import { seed } from './pages/world.js'

const { values } = parseArgs({
  options: {
    vendors: { type: 'string', default: '2000' },
    customers: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '20' },
    folder: { type: 'string' },
  },
})
const sizes = {
  customers: Number(values.customers),
  vendors: Number(values.vendors),
  recipients: 400,
  history: 2000,
  notices: 2,
}
const rounds = Number(values.rounds)
const folder = values.folder ? resolve(values.folder) : await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
await mkdir(folder, { recursive: true })
const mark = join(folder, 'bench-supervision.json')
const known = await readFile(mark, 'utf8').catch(() => '')
if (known !== JSON.stringify(sizes)) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
}
const database = await openDatabase({ dataDir: folder })
try {
  const now = new Date()
  const today = dayOf(now, 'Europe/Copenhagen')
  if (known !== JSON.stringify(sizes)) {
    await seed(sizes, (line) => console.log(line))
    await addYear(today, now)
    await writeFile(mark, JSON.stringify(sizes))
  }
  const context = { now, today, actor: { kind: 'system', id: 'bench' }, locale: 'da' } as const
  const year = Number(today.slice(0, 4))
  const rows = await yearOf(context, year)
  const engagements = rows.reduce((sum, row) => sum + row.engagements.length, 0)
  console.log(
    `${rows.length} vendors and ${engagements} engagements owe something, load ${loadavg()[0]?.toFixed(1)}`,
  )
  await measured('the year, reckoned', () => yearOf(context, year))
  await measured('a page of the board', () => boardToShow(context, readBoardQuery({}, today)))
  await measured('sought and sorted', () =>
    boardToShow(context, readBoardQuery({ q: 'ba', state: 'owed', sort: 'due' }, today)),
  )
  await measured("the dashboard's tasks", () => supervisionTasks(today))
  const first = rows[0]?.vendor.id
  if (first) await measured("one vendor's year", () => yearOf(context, year, { vendor: first }))
  console.log(
    `${Math.round(process.memoryUsage().rss / 1_000_000)} MB in all, load ${loadavg()[0]?.toFixed(1)}`,
  )
} finally {
  await database.close()
  if (!values.folder) await rm(folder, { recursive: true, force: true })
}

async function measured(name: string, run: () => Promise<unknown>): Promise<void> {
  const took: number[] = []
  for (let round = -3; round < rounds; round++) {
    const began = performance.now()
    await run()
    if (round >= 0) took.push(performance.now() - began)
  }
  took.sort((a, b) => a - b)
  const at = (share: number) =>
    (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(0)
  console.log(`${name.padEnd(28)}${at(0.5).padStart(8)}${at(0.95).padStart(8)} ms`)
}

/** Only the fields the reckoning reads; everything else is as it would be in size. */
async function addYear(today: string, now: Date): Promise<void> {
  await ensureIndexes()
  const year = Number(today.slice(0, 4))
  const found = await EngagementModel.find(
    { parent: null, role: 'sub-processor' },
    { vendor: 1, reference: 1 },
  ).lean()
  const vendors = [...new Set(found.map(({ vendor }) => vendor))]
  const of = (vendor: string) => found.filter((each) => each.vendor === vendor).map(({ _id }) => _id)
  const many = async (name: string, rows: object[]) => {
    for (let from = 0; from < rows.length; from += 2000)
      await mongoose.connection.collection(name).insertMany(rows.slice(from, from + 2000) as never[])
  }
  const moved = {
    version: 1,
    moves: [{ version: 1, at: now, by: { kind: 'system', id: 'bench' }, event: 'x', facts: {} }],
    unlogged: false,
  }
  await many(
    'questionnaires',
    [year - 1, year].flatMap((each) =>
      vendors
        .filter((_, place) => each < year || place % 2 === 0)
        .map((vendor, place) => ({
          _id: `q-${each}-${vendor}` as never,
          reference: `QN-${each}-${place}`,
          year: each,
          vendor,
          vendorName: vendor,
          engagements: of(vendor),
          state: each < year ? 'concluded' : ['asked', 'submitted', 'concluded'][place % 3],
          dueOn: `${each}-10-31`,
          submitted: each < year ? { at: new Date(`${each}-0${1 + (place % 9)}-10T09:00:00Z`) } : null,
          conclusion: null,
          tokens: [],
          keys: [],
          order: `${each}${place}`,
          sortKey: vendor,
          openKey: null,
          ...moved,
        })),
    ),
  )
  await many(
    'statements',
    vendors
      .filter((_, place) => place % 3 === 0)
      .map((vendor, place) => ({
        _id: `s-${vendor}` as never,
        reference: `ST-${year}-${place}`,
        vendor,
        state: 'concluded',
        facts: {
          kind: 'isae-3402',
          type: 2,
          level: null,
          edition: '',
          sites: [],
          certificate: null,
          period: { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
          asOf: null,
          opinion: 'unqualified',
        },
        request: null,
        receivedOn: `${year}-04-01`,
        conclusion: {
          verdict: 'accepted',
          on: `${year}-04-10`,
          because: '',
          by: { kind: 'system', id: 'bench' },
          nextOn: null,
        },
        checklist: {},
        replacedBy: null,
        expectedOn: `${year + 1}-04-30`,
        reading: 'x'.repeat(20_000),
        ...moved,
      })),
  )
  await many(
    'findings',
    vendors
      .filter((_, place) => place % 5 === 0)
      .map((vendor, place) => ({
        _id: `f-${vendor}` as never,
        reference: `FI-${year}-${place}`,
        once: `f-${vendor}`,
        vendor,
        engagements: of(vendor),
        severity: 'medium',
        state: 'open',
        running: true,
        openedOn: `${year}-05-01`,
        order: String(place),
        ...moved,
      })),
  )
  const facts = { subjectCount: null, dataCategories: [] }
  await many(
    'supervisions',
    found.map(({ _id, vendor }, place) => ({
      _id: _id as never,
      vendor,
      scores: [
        { total: (place % 10) + 1, band: '3-4', concept: 3, weakerBecause: null, facts, on: today, model: 1 },
      ],
      acts: [],
      sample: false,
      ...moved,
    })),
  )
}
