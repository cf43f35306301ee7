import type { Actor, Context } from '../../src/base/context.js'
import { addDays, type Day } from '../../src/base/day.js'
import { createEngagement, createVendor, listOn } from '../../src/register/actions.js'
import type { Engagement, ListRow, Vendor } from '../../src/register/rules.js'
import { engagementInput, vendorInput } from './builders.js'

const start: Day = '2026-03-02'
export const customers = ['c1', 'c2']
export const countries = ['DK', 'SE', 'DE', 'NO']
export const services = ['s1', 's2']
const names = ['Alfa', 'Beta', 'Gamma']
/**
 * Engagements, by whose they are. The third is the first as changed: for some customers in its place, for some beside it, for some
 * not at all. The last is another of the first vendor's.
 */
export const vendorOf = [0, 1, 2, 0]
const places = [0, 1, 2, 3]
export const [changed, successor] = [0, 2] as const
const officer: Actor = { kind: 'staff', id: 'officer' }

/** What a reader sees of a row, in one line. */
type Shown = string
export const shown = ({
  reference,
  content,
  approvedFrom,
}: Pick<ListRow, 'reference' | 'content' | 'approvedFrom'>): Shown =>
  [
    reference,
    content.vendorName,
    content.address,
    content.accessCountries.join('+'),
    content.services.join('+'),
    content.parent ?? '',
    approvedFrom,
  ].join(' | ')

/** A second register, kept by hand: what holds on each day, written over day by day. It knows nothing of intervals. Names and addresses are the vendors'. */
type ByHand = {
  name: Map<Day, string>[]
  address: Map<Day, string>[]
  access: Map<Day, string>[]
  services: Map<Day, string>[]
  parent: Map<Day, string>[]
  approvals: { customer: string; which: number; from: Day; to: Day | null; id: string }[]
}

export type World = {
  today: Day
  vendors: string[]
  engagements: { id: string; reference: string }[]
  hand: ByHand
  /** What each customer was shown on each day, in the evening. */
  seen: Map<string, Shown[]>
  /** What the register by hand said then. */
  handThen: Map<string, Shown[]>
}

export const days = Array.from({ length: 80 }, (_, place) => addDays(start, place - 25))

export async function begun(): Promise<World> {
  const context = contextOn(start)
  const vendors: Vendor[] = []
  for (const name of names)
    vendors.push(await createVendor(context, vendorInput({ name, address: `${name}vej 1` })))
  const engagements: Engagement[] = []
  for (const [place, whose] of vendorOf.entries()) {
    const vendor = vendors[whose]?._id ?? ''
    const [first] = engagements
    const continues =
      place === successor && first ? { continues: { engagement: first._id, _id: `${first._id}-1` } } : {}
    engagements.push(await createEngagement(context, { ...engagementInput(), ...continues, vendor }))
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
      services: each(() => ''),
      parent: each(() => ''),
      approvals: [],
    },
    seen: new Map(),
    handThen: new Map(),
  }
}

export function contextOn(today: Day): Context {
  return { now: new Date(`${today}T09:00:00Z`), today, actor: officer, locale: 'da' }
}

/** Evening: what the lists of today said is written down; then a new day begins. */
export async function nextDay(world: World): Promise<void> {
  for (const customer of customers) {
    world.seen.set(`${customer} ${world.today}`, (await listOn(customer, world.today)).map(shown))
    world.handThen.set(`${customer} ${world.today}`, byHand(world, customer, world.today))
  }
  world.today = addDays(world.today, 1)
}

export function byHand({ hand, engagements }: World, customer: string, day: Day): Shown[] {
  return places.flatMap((which) => {
    const held = hand.approvals
      .filter((each) => each.customer === customer && each.which === which)
      .filter(({ from, to }) => from <= day && (to === null || to > day))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    const last = held.at(-1)
    if (!last) return []
    const whose = vendorOf[which] ?? 0
    const values = [
      ...[hand.name, hand.address].map((kept) => said(kept, whose, day)),
      ...[hand.access, hand.services, hand.parent].map((kept) => said(kept, which, day)),
    ]
    return [[engagements[which]?.reference, ...values, last.from].join(' | ')]
  })
}

export function said(field: Map<Day, string>[], which: number, day: Day): string {
  return field[which]?.get(day) ?? ''
}
