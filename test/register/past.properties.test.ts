import { expect } from 'chai'
import fc from 'fast-check'
import type { Actor, Context } from '../../src/base/context.js'
import { addDays, type Day } from '../../src/base/day.js'
import {
  approve,
  correctApproval,
  correctEngagement,
  correctVendor,
  createEngagement,
  countLackingAt,
  createVendor,
  editEngagement,
  editVendor,
  endApprovals,
  engagementByReference,
  listForAll,
  listOn,
  listStatesOf,
  listsUpToDate,
  vendorByReference,
  wholeDifferences,
  wholeListPage,
} from '../../src/register/actions.js'
import { rowsIn } from '../../src/register/page/map.js'
import { approvalsBetween, wasLateOn, withCounts } from '../../src/register/records.js'
import { lawNow } from '../../src/transfers/actions.js'
import {
  differencesBetween,
  engagementFacts,
  missingIn,
  stateHeldOn,
  vendorFacts,
  type Difference,
  type Engagement,
  type ListRow,
  type Vendor,
} from '../../src/register/rules.js'
import { emptyDatabase, useDatabase } from '../support/database.js'
import { engagementInput, vendorInput } from './builders.js'

/** One thing a person does on a day, some days after the last. Numbers choose among what is there. */
type Step = {
  wait: number
  does: (typeof doings)[number]
  which: number
  whose: number
  back: number
  value: number
}
const doings = [
  'rename',
  'move',
  'edit',
  'approve',
  'approve-late',
  'end',
  'end-late',
  'correct-vendor',
  'correct-engagement',
  'correct-began',
  'correct-ended',
  'correct-never',
  'correct-missing',
] as const

const start: Day = '2026-03-02'
const customers = ['c1', 'c2']
const countries = ['DK', 'SE', 'DE', 'NO']
/** The third is the first as changed: for some customers in its place, for some beside it, for some not at all. */
const names = ['Alfa', 'Beta', 'Gamma']
const places = [0, 1, 2]
const officer: Actor = { kind: 'staff', id: 'officer' }

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 3 }),
    does: fc.constantFrom(...doings),
    which: fc.integer({ min: 0, max: 2 }),
    whose: fc.integer({ min: 0, max: 1 }),
    back: fc.integer({ min: 1, max: 9 }),
    value: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 4, maxLength: 14 },
)

const neverTold = async () => null

/** What a reader sees of a row, in one line. */
type Shown = string
const shown = ({
  reference,
  content,
  approvedFrom,
}: Pick<ListRow, 'reference' | 'content' | 'approvedFrom'>): Shown =>
  [reference, content.vendorName, content.address, content.accessCountries.join('+'), approvedFrom].join(
    ' | ',
  )

/** A second register, kept by hand: what holds on each day, written over day by day. It knows nothing of intervals. */
type ByHand = {
  name: Map<Day, string>[]
  address: Map<Day, string>[]
  access: Map<Day, string>[]
  approvals: { customer: string; which: number; from: Day; to: Day | null; id: string }[]
}

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
      { numRuns: 8, interruptAfterTimeLimit: 120_000 },
    )
  })
})

type World = {
  today: Day
  vendors: string[]
  engagements: { id: string; reference: string }[]
  hand: ByHand
  /** What each customer was shown on each day, in the evening. */
  seen: Map<string, Shown[]>
  /** What the register by hand said then. */
  handThen: Map<string, Shown[]>
}

const days = Array.from({ length: 80 }, (_, place) => addDays(start, place - 25))

async function begun(): Promise<World> {
  const context = contextOn(start)
  const vendors: Vendor[] = []
  const engagements: Engagement[] = []
  for (const name of names) {
    const vendor = await createVendor(context, vendorInput({ name, address: `${name}vej 1` }))
    vendors.push(vendor)
    const [first] = engagements
    const continues =
      name === 'Gamma' && first ? { continues: { engagement: first._id, _id: `${first._id}-1` } } : {}
    engagements.push(
      await createEngagement(context, { ...engagementInput(), ...continues, vendor: vendor._id }),
    )
  }
  const each = (value: (place: number) => string) =>
    places.map((place) => new Map(days.map((day) => [day, value(place)])))
  return {
    today: addDays(start, 1),
    vendors: vendors.map(({ reference }) => reference),
    engagements: engagements.map(({ _id: id, reference }) => ({ id, reference })),
    hand: {
      name: each((place) => names[place] ?? ''),
      address: each((place) => `${names[place]}vej 1`),
      access: each(() => 'DK'),
      approvals: [],
    },
    seen: new Map(),
    handThen: new Map(),
  }
}

function contextOn(today: Day): Context {
  return { now: new Date(`${today}T09:00:00Z`), today, actor: officer, locale: 'da' }
}

/** Evening: what the lists of today said is written down; then a new day begins. */
async function nextDay(world: World): Promise<void> {
  for (const customer of customers) {
    world.seen.set(`${customer} ${world.today}`, (await listOn(customer, world.today)).map(shown))
    world.handThen.set(`${customer} ${world.today}`, byHand(world, customer, world.today))
  }
  world.today = addDays(world.today, 1)
}

function byHand({ hand, engagements }: World, customer: string, day: Day): Shown[] {
  return places.flatMap((which) => {
    const held = hand.approvals
      .filter((each) => each.customer === customer && each.which === which)
      .filter(({ from, to }) => from <= day && (to === null || to > day))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    const last = held.at(-1)
    if (!last) return []
    const values = [hand.name, hand.address, hand.access].map((kept) => kept[which]?.get(day) ?? '')
    return [[engagements[which]?.reference, ...values, last.from].join(' | ')]
  })
}

async function take(world: World, step: Step): Promise<void> {
  const { today, hand } = world
  const context = contextOn(today)
  const { which, whose, back, value } = step
  const customer = customers[whose] ?? ''
  const engagement = world.engagements[which]!
  const vendor = (await vendorByReference(world.vendors[which] ?? ''))!
  const kept = (await engagementByReference(engagement.reference))!
  const past = addDays(today, -back)
  const until = value === 0 ? null : addDays(past, value)
  const to = until !== null && until > today ? today : until
  const write = (field: Map<Day, string>[], covers: (day: Day) => boolean, what: string) => {
    for (const day of days) if (covers(day)) field[which]?.set(day, what)
  }
  const ground = {
    because: 'Fremgår af bilaget',
    wronglyRecorded: true,
    evidence: { name: 'bilag.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') },
  }
  const own = hand.approvals.filter((each) => each.customer === customer && each.which === which)
  const chosen = own[value % Math.max(1, own.length)]
  const held = chosen && (chosen.to === null || chosen.to > chosen.from) ? chosen : undefined
  switch (step.does) {
    case 'rename': {
      const name = `Navn ${value}`
      await editVendor(context, vendor, vendorFacts({ ...vendor, name }), 'Nyt navn')
      return write(hand.name, (day) => day >= today, name)
    }
    case 'move': {
      const address = `Gade ${value}`
      await editVendor(context, vendor, vendorFacts({ ...vendor, address }))
      return write(hand.address, (day) => day >= today, address)
    }
    case 'edit': {
      const access = countries[value] ?? 'DK'
      await editEngagement(context, kept, { ...kept, accessCountries: [access] }, { because: 'Ny support' })
      return write(hand.access, (day) => day >= today, access)
    }
    case 'approve':
    case 'approve-late': {
      const from = step.does === 'approve' ? today : past
      const id = `${customer}/${engagement.id}/${from}`
      await approve(context, [{ customer, engagement: engagement.id, from, notice: null, kind: 'baseline' }])
      // A repeat changes nothing, not even what was corrected since; another that begins that day is there already.
      if (
        hand.approvals.some(
          (each) =>
            each.id === id || (each.customer === customer && each.which === which && each.from === from),
        )
      )
        return
      hand.approvals.push({ customer, which, from, to: null, id })
      return
    }
    case 'end':
    case 'end-late': {
      const end = step.does === 'end' ? today : past
      await endApprovals(context, { engagement: engagement.id, customers: [customer], to: end, notice: null })
      for (const each of own) {
        if (each.from > end) each.to = each.from
        else if (each.to === null || each.to > end) each.to = end
      }
      return
    }
    case 'correct-vendor': {
      const address = `Rettet gade ${value}`
      if (said(hand.address, which, past) === address) return
      const right = { ...vendorFacts({ ...vendor, name: said(hand.name, which, past) }), address }
      await correctVendor(context, vendor, right, { from: past, to }, ground, async () => [])
      return write(hand.address, (day) => day >= past && (to === null || day < to), address)
    }
    case 'correct-engagement': {
      const access = countries[value] ?? 'DK'
      if (said(hand.access, which, past) === access) return
      const right = { ...engagementFacts(kept), accessCountries: [access] }
      await correctEngagement(context, kept, right, { from: past, to }, ground, async () => [])
      return write(hand.access, (day) => day >= past && (to === null || day < to), access)
    }
    case 'correct-began': {
      if (!held || past === held.from || (held.to !== null && held.to <= past)) return
      if (
        hand.approvals.some(
          (each) => each !== held && each.customer === customer && each.which === which && each.from === past,
        )
      )
        return
      await correctApproval(context, { fault: 'began', approval: held.id, on: past }, ground, neverTold)
      held.from = past
      return
    }
    case 'correct-ended': {
      if (!held || to === held.to || (to !== null && to <= held.from) || held.from > today) return
      await correctApproval(context, { fault: 'ended', approval: held.id, on: to }, ground, neverTold)
      held.to = to
      return
    }
    case 'correct-never': {
      if (!held) return
      await correctApproval(context, { fault: 'never-given', approval: held.id }, ground, neverTold)
      held.to = held.from
      return
    }
    case 'correct-missing': {
      const there = own.find(({ from }) => from === past)
      if (there && there.to !== there.from) return
      const finding = {
        customer,
        engagement: engagement.id,
        from: past,
        to,
        kind: 'baseline' as const,
        notice: null,
      }
      await correctApproval(context, { fault: 'missing', ...finding }, ground, neverTold)
      // Of which was said by mistake that it was never given: it holds again.
      if (there) {
        there.to = to
        return
      }
      // Its key is its own: the usual one may be that of an approval whose first day was corrected.
      hand.approvals.push({ customer, which, from: past, to, id: await idOf(customer, engagement.id, past) })
    }
  }
}

function said(field: Map<Day, string>[], which: number, day: Day): string {
  return field[which]?.get(day) ?? ''
}

async function idOf(customer: string, engagement: string, from: Day): Promise<string> {
  return (await approvalsBetween(customer, engagement)).find((each) => each.from === from)?._id ?? ''
}

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
  await compareWhole(world)
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
