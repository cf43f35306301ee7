/**
 * How long the figures of a year's declaration take, and how much memory.
 *
 *   node --import tsx bench/declaration.ts [--small] [--customers 10000] [--vendors 2000] [--recipients 300000] [--rounds 3]
 *     [--folder data-bench-declaration]
 *
 * The year has `recipients / customers` notices to every customer, most of them permitted, some running, some that came back, some
 * with the rest of the period given up. Their mails are left out: no figure reads them. --small: 20 vendors, 200 customers, 2,000
 * recipients. With --folder the house is kept there, and a later run with the same sizes begins at once.
 *
 * Printed: seconds of each section and of all, the most memory of this process beyond what it had (the database is another one), and how
 * many times longer all of it takes than only reading the same fields of every recipient.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import mongoose from 'mongoose'
import { figuresOfYear } from '../src/audits/actions/figures.js'
import { countedRecipients, noticesIssuedIn } from '../src/audits/records/figures.js'
import { addDays, dayOf, type Day } from '../src/base/day.js'
import { newId } from '../src/base/ids.js'
import { openDatabase } from '../src/db/connection.js'
import { ensureIndexes } from '../src/db/indexes.js'
import { seed } from './pages/world.js'

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    customers: { type: 'string' },
    vendors: { type: 'string' },
    recipients: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string' },
  },
})
const sizes = {
  customers: Number(values.customers ?? (values.small ? 200 : 10_000)),
  vendors: Number(values.vendors ?? (values.small ? 20 : 2000)),
  recipients: Number(values.recipients ?? (values.small ? 2000 : 300_000)),
}
const rounds = Number(values.rounds)
const folder = values.folder ? resolve(values.folder) : await mkdtemp(join(tmpdir(), 'tilsyn-bench-'))
const mark = join(folder, 'bench-declaration.json')
const known = await readFile(mark, 'utf8').catch(() => '')
if (known !== JSON.stringify(sizes)) await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
const database = await openDatabase({ dataDir: folder })
try {
  const now = new Date()
  const today = dayOf(now, 'Europe/Copenhagen')
  const year = Number(today.slice(0, 4)) - 1
  const period = { from: `${year}-01-01`, to: `${year}-12-31` }
  if (known !== JSON.stringify(sizes)) {
    await seed({ ...sizes, recipients: sizes.customers, history: 2000, notices: 1 }, console.log)
    console.log(`${await addYear(year)} recipients more`)
    await ensureIndexes()
    await writeFile(mark, JSON.stringify(sizes))
  }
  const context = { now, today, actor: { kind: 'system', id: 'bench' }, locale: 'da' } as const
  console.log(`load ${loadavg()[0]?.toFixed(2)}`)
  for (let round = 1; round <= rounds; round += 1) {
    const bare = await timed(() => readAll(period))
    const counted = await timed(() => figuresOfYear(context, year, period))
    const figure = (key: string) =>
      counted.result.sections.flatMap(({ figures }) => figures).find((each) => each.key === key)
    console.log(
      [
        `round ${round}:`,
        `${seconds(counted.took)} for ${figure('notices.customers')?.value} recipients`,
        `of ${figure('notices.issued')?.value} notices, ${figure('sub-processors.end')?.value} engagements;`,
        `${counted.most.toFixed(0)} MB at most beyond the ${counted.before.toFixed(0)} MB there were;`,
        `only reading ${bare.result}: ${seconds(bare.took)}, ${(counted.took / bare.took).toFixed(2)} times longer`,
      ].join(' '),
    )
  }
} finally {
  await database.close()
  if (!values.folder) await rm(folder, { recursive: true, force: true })
}

async function readAll(period: { from: Day; to: Day }): Promise<number> {
  let read = 0
  for (const { _id } of await noticesIssuedIn(period.from, period.to))
    for await (const batch of countedRecipients(_id)) read += batch.length
  return read
}

async function timed<Result>(act: () => Promise<Result>) {
  const megabytes = () => process.memoryUsage().rss / 1024 / 1024
  const before = megabytes()
  let most = before
  const watch = setInterval(() => (most = Math.max(most, megabytes())), 50)
  const begun = performance.now()
  try {
    const result = await act()
    return { result, took: performance.now() - begun, before, most: Math.max(most, megabytes()) - before }
  } finally {
    clearInterval(watch)
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

type Row = Record<string, unknown> & { _id: string; customer: string; lines: Record<string, unknown>[] }

/** The one notice there is as often as it takes, on days spread over the year. */
async function addYear(of: number): Promise<number> {
  const notices = mongoose.connection.collection<Row>('notices')
  const recipients = mongoose.connection.collection<Row>('recipients')
  const original = await notices.findOne({ issuedOn: { $type: 'string' } })
  if (!original) throw new Error('no notice was seeded')
  const copies = Math.round(sizes.recipients / sizes.customers)
  let added = 0
  for (let copy = 0; copy < copies; copy += 1) {
    const issuedOn = addDays(`${of}-01-01`, Math.floor((copy * 330) / copies))
    const _id = newId()
    const reference = `CN-${of}-${String(copy + 900)}`
    let rows: Row[] = []
    const flush = async () => {
      if (rows.length > 0) await recipients.insertMany(rows as never[], { ordered: false })
      added += rows.length
      rows = []
    }
    for await (const each of recipients.find({ notice: original._id })) {
      rows.push(partOf(each, { _id, reference, issuedOn }, rows.length))
      if (rows.length === 1000) await flush()
    }
    await flush()
    await notices.insertOne({ ...original, _id, reference, issuedOn, state: 'settled' } as never)
  }
  return added
}

/** Of a hundred: eighty with the whole notice, ten still running, five that gave up the rest, five whose mail came back first. */
function partOf(
  each: Row,
  { _id, reference, issuedOn }: { _id: string; reference: string; issuedOn: Day },
  place: number,
): Row {
  const earliestUse = addDays(issuedOn, 34)
  const kind = place % 20
  const permittedFrom = kind < 2 ? null : kind === 2 ? addDays(issuedOn, 10) : earliestUse
  return {
    ...each,
    _id: `${_id}/${each.customer}`,
    notice: _id,
    noticeReference: reference,
    acceptedAt: new Date(`${issuedOn}T10:00:00Z`),
    dayZero: issuedOn,
    lastDay: addDays(issuedOn, 33),
    earliestUse,
    state: permittedFrom === null ? 'running' : 'in-use',
    unlogged: false,
    lines: each.lines.map((line) => ({
      ...line,
      permittedFrom,
      answer: kind === 2 ? { answer: 'approved', waivesRest: true } : null,
    })),
    moves: [
      { version: 1, event: 'recipient.listed' },
      ...(kind === 3 ? [{ version: 2, event: 'recipient.next-contact-tried' }] : []),
      { version: 3, event: 'recipient.delivered' },
      { version: 4, event: 'recipient.permitted' },
    ],
  }
}
