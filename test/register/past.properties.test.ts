import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, type Day } from '../../src/base/day.js'
import {
  countLackingAt,
  differencesFor,
  listForAll,
  listForService,
  listOn,
  listStatesOf,
  listsUpToDate,
  wholeDifferences,
  wholeListPage,
} from '../../src/register/actions.js'
import { rowsIn } from '../../src/register/page/map.js'
import { wasLateOn, withCounts } from '../../src/register/records.js'
import {
  differencesBetween,
  missingIn,
  stateHeldOn,
  type Difference,
  type ListRow,
} from '../../src/register/rules.js'
import { lawNow } from '../../src/transfers/actions.js'
import { emptyDatabase, useDatabase } from '../support/database.js'
import { begun, byHand, countries, customers, days, nextDay, services, shown, type World } from './replay.js'
import { steps, take } from './replay-steps.js'

describe('Any sequence of dated changes', function () {
  this.timeout(240_000)
  useDatabase()

  it('gives on every day the list a replay by hand gives, then and later, and differs only where it is marked', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        await emptyDatabase()
        const world = await begun()
        for (const step of sequence) {
          for (let waited = 0; waited < step.wait; waited += 1) await nextDay(world)
          await take(world, step)
        }
        await nextDay(world)
        await compare(world)
      }),
      { numRuns: 6, interruptAfterTimeLimit: 120_000, examples: [[foundNeverGiven]] },
    )
  })
})

/** Approved once more, and found the day after not to have been: the earlier approval stands on that day's list in its place. */
const foundNeverGiven = (
  [
    ['succeed', 0, 0, 0],
    ['succeed', 1, 0, 0],
    ['correct-never', 1, 2, 3],
  ] as const
).map(([does, wait, which, value]) => ({ wait, does, which, whose: 1, back: 1, value }))

async function compare(world: World): Promise<void> {
  const yesterday = addDays(world.today, -1)
  for (const customer of customers) {
    const states = await listStatesOf(customer, yesterday)
    for (const [place, { from, differences }] of states.entries()) {
      const [before, after] = await Promise.all([
        place === 0 ? [] : listOn(customer, addDays(from, -1)),
        listOn(customer, from),
      ])
      expect(sorted(differences.map(inShort)), `${customer}'s changes on ${from}`).to.deep.equal(
        sorted(differencesBetween(before, after).map(inShort)),
      )
    }
    for (const day of days.filter((each) => each <= yesterday)) {
      const now = await listOn(customer, day)
      expect(sorted(now.map(shown)), `${customer} on ${day}, as known now`).to.deep.equal(
        sorted(byHand(world, customer, day)),
      )
      const state = stateHeldOn(states, day)?.rows ?? []
      expect(sorted(state.map(shown)), `${customer}'s Annex B on ${day}`).to.deep.equal(
        sorted(now.map(shown)),
      )
      const evening = `${customer} ${day}`
      if (!world.seen.has(evening)) continue
      const then = await listOn(customer, day, day)
      expect(then.map(shown), `${customer} on ${day}, as shown then`).to.deep.equal(world.seen.get(evening))
      expect(sorted(then.map(shown))).to.deep.equal(sorted(world.handThen.get(evening) ?? []))
      for (const row of now) {
        if (then.some((each) => shown(each) === shown(row))) continue
        expect(row.corrections.length > 0 || row.enteredOn !== null, `${shown(row)} is marked`).to.equal(true)
      }
    }
  }
  // For all together: the same customers as one by one, as known then too.
  const day = addDays(yesterday, -4)
  for (const known of [undefined, day]) {
    const listed = await listForAll(day, known)
    const all = known === undefined ? await withCounts(listed, day) : listed
    const single = await Promise.all(customers.map((customer) => listOn(customer, day, known)))
    const counted = all.map(({ engagement, customers: count }) => `${engagement} ${count}`)
    const expected = [...new Set(single.flat().map(({ engagement }) => engagement))].map(
      (engagement) =>
        `${engagement} ${single.filter((rows) => rows.some((row) => row.engagement === engagement)).length}`,
    )
    expect(sorted(counted)).to.deep.equal(sorted(expected))
  }
  for (const service of services) {
    const evening = days.filter((each) => world.seen.has(`c1 ${each}`)).at(-3) ?? day
    for (const [on, known] of [
      [day, undefined],
      [evening, evening],
    ] as const) {
      const single = await Promise.all(customers.map((customer) => listOn(customer, on, known)))
      const serving = single.flat().filter(({ content }) => content.services.includes(service))
      const listed = await listForService(service, on, known)
      expect(sorted(listed.map(({ reference }) => reference)), `for ${service} on ${on}`).to.deep.equal(
        sorted([...new Set(serving.map(({ reference }) => reference))]),
      )
    }
  }
  await compareTold(world)
  await compareWhole(world)
}

/** Who holds the list of one day and is told the differences has the list of the other, as known now and as shown then. */
async function compareTold({ today }: World): Promise<void> {
  const past = days.filter((day) => day < today)
  const pairs = [3, 9, 20].map((back) => ({ from: past.at(-back - 4) ?? '', to: past.at(-back) ?? '' }))
  for (const customer of customers)
    for (const { from, to } of pairs)
      for (const asThen of [false, true]) {
        const on = async (day: Day) => (await listOn(customer, day, asThen ? day : undefined)).map(shown)
        const { differences } = await differencesFor({ from, to }, { customer }, { asThen })
        const left = differences.flatMap((each) =>
          each.kind === 'came' ? [] : [shown(each.kind === 'went' ? each.row : each.before)],
        )
        const came = differences.flatMap((each) =>
          each.kind === 'went' ? [] : [shown(each.kind === 'came' ? each.row : each.after)],
        )
        const stayed = (await on(from)).filter((row) => !left.includes(row))
        expect(sorted([...stayed, ...came]), `told of ${from} to ${to}`).to.deep.equal(sorted(await on(to)))
      }
}

/** The list of all is found by its spans, and its figures are kept: on each day the same as when all of it is read and counted. */
async function compareWhole({ today }: World): Promise<void> {
  const lists = await listsUpToDate(today)
  const some = days.filter((day, place) => place % 4 === 0 || day === today)
  const whole = new Map<Day, ListRow[]>()
  for (const day of some) {
    const rows = await withCounts(await listForAll(day), day)
    whole.set(day, rows)
    for (const country of ['', ...countries]) {
      const asked = { search: '', country }
      const page = await wholeListPage(lists, asked, day, { today, cursor: undefined })
      expect(page.rows, `all on ${day} in ${country}`).to.deep.equal(rowsIn(rows, country))
      expect(page.count.count).to.equal(rowsIn(rows, country).length)
      expect(page.any).to.equal(rows.length > 0)
    }
    for (const service of services) {
      const page = await wholeListPage(lists, { ...everything, service }, day, { today, cursor: undefined })
      const serving = rows.filter(({ content }) => content.services.includes(service))
      expect(page.rows, `all for ${service} on ${day}`).to.deep.equal(serving)
    }
    const corrected = rows.some(({ corrections }) => corrections.some(({ recordedOn }) => recordedOn > day))
    const { differs } = await wholeListPage(lists, everything, day, { today, cursor: undefined })
    if (day < today) expect(differs, `a mark on ${day}`).to.equal(corrected || (await wasLateOn(day)))
  }
  for (const [place, from] of some.entries())
    for (const to of some.slice(place).filter((_, far) => far % 3 === 1)) {
      const { differences, count } = await wholeDifferences({ from, to }, undefined, { skip: 0, size: 100 })
      const expected = differencesBetween(whole.get(from) ?? [], whole.get(to) ?? [])
      expect(differences, `${from} to ${to}`).to.deep.equal(expected)
      expect(count).to.equal(expected.length)
    }
  const at = { law: await lawNow(), day: today }
  const lacking = (await listForAll(today)).filter(
    ({ content, contract }) => missingIn(content, contract, at).length > 0,
  )
  expect(await countLackingAt(lists)).to.equal(lacking.length)
}

const everything = { search: '', country: '' }

function inShort(each: Difference): string {
  return each.kind === 'changed'
    ? `${each.before.engagement} became ${each.after.engagement}: ${each.parts.join(' ')}`
    : `${each.kind} ${each.row.engagement}`
}

function sorted(rows: readonly string[]): string[] {
  return rows.toSorted()
}
