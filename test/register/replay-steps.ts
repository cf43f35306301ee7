import fc from 'fast-check'
import { addDays, type Day } from '../../src/base/day.js'
import {
  approve,
  correctApproval,
  correctEngagement,
  correctVendor,
  editEngagement,
  editVendor,
  endApprovals,
  engagementByReference,
  moveBranch,
  vendorByReference,
} from '../../src/register/actions.js'
import { approvalsBetween } from '../../src/register/records.js'
import { engagementFacts, vendorFacts, type EngagementFacts } from '../../src/register/rules.js'
import {
  changed,
  contextOn,
  countries,
  customers,
  days,
  said,
  services,
  successor,
  vendorOf,
  type World,
} from './replay.js'

/** One thing a person does on a day, some days after the last. Numbers choose among what is there. */
type Step = {
  wait: number
  does: (typeof toFacts)[number] | (typeof toApprovals)[number]
  which: number
  whose: number
  back: number
  value: number
}
const toFacts = [
  'rename',
  'move',
  'edit',
  'serve',
  'hang',
  'correct-name',
  'correct-address',
  'correct-access',
  'correct-services',
] as const
const toApprovals = [
  'approve',
  'approve-late',
  'approve-ahead',
  'succeed',
  'end',
  'end-late',
  'correct-began',
  'correct-ended',
  'correct-never',
  'correct-missing',
] as const

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    wait: fc.integer({ min: 0, max: 3 }),
    does: fc.constantFrom(...toFacts, ...toApprovals),
    which: fc.integer({ min: 0, max: 3 }),
    whose: fc.integer({ min: 0, max: 1 }),
    back: fc.integer({ min: 1, max: 9 }),
    value: fc.integer({ min: 0, max: 3 }),
  }),
  { minLength: 4, maxLength: 14 },
)

const ground = {
  because: 'Fremgår af bilaget',
  wronglyRecorded: true,
  evidence: { name: 'bilag.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') },
}
const neverTold = async () => null
/** What may hang below what, without a circle. */
const above = new Map([
  [1, 0],
  [3, 1],
])

export async function take(world: World, step: Step): Promise<void> {
  await (isToFacts(step.does) ? changeFacts(world, step) : changeApprovals(world, step))
}

function isToFacts(does: Step['does']): does is (typeof toFacts)[number] {
  return (toFacts as readonly string[]).includes(does)
}

/** Over which days something was wrong; `to` null: still today. */
function stretchOf(today: Day, { back, value }: Step): { from: Day; to: Day | null } {
  const from = addDays(today, -back)
  const to = value === 0 ? null : addDays(from, value)
  return { from, to: to !== null && to > today ? today : to }
}

async function changeFacts(world: World, step: Step): Promise<void> {
  const { today, hand } = world
  const context = contextOn(today)
  const { which, value } = step
  const whose = vendorOf[which] ?? 0
  const vendor = (await vendorByReference(world.vendors[whose] ?? ''))!
  const kept = (await engagementByReference(world.engagements[which]!.reference))!
  const { from, to } = stretchOf(today, step)
  const access = countries[value] ?? 'DK'
  const serves = services.filter((_, place) => (value & (place + 1)) !== 0)
  const fromToday = (field: Map<Day, string>[], whom: number, what: string) => {
    for (const day of days) if (day >= today) field[whom]?.set(day, what)
  }
  const onStretch = (field: Map<Day, string>[], whom: number, what: string) => {
    for (const day of days) if (day >= from && (to === null || day < to)) field[whom]?.set(day, what)
  }
  // As the form has it: filled with what the register says about the first day.
  const edited = (changes: Partial<EngagementFacts>) =>
    editEngagement(context, kept, { ...kept, ...changes }, { because: 'Ny support' })
  const putRight = (changes: Partial<EngagementFacts>) => {
    const services = said(hand.services, which, from).split('+').filter(Boolean)
    const before = {
      accessCountries: [said(hand.access, which, from)],
      services,
      parent: said(hand.parent, which, from) || null,
    }
    const right = { ...engagementFacts(kept), ...before, ...changes }
    return correctEngagement(context, kept, right, { from, to }, ground, async () => [])
  }
  const putVendorRight = (changes: { name?: string; address?: string }) => {
    const before = { name: said(hand.name, whose, from), address: said(hand.address, whose, from) }
    const right = { ...vendorFacts({ ...vendor, ...before, ...changes }) }
    return correctVendor(context, vendor, right, { from, to }, ground, async () => [])
  }
  switch (step.does) {
    case 'rename': {
      const name = `Navn ${value}`
      await editVendor(context, vendor, vendorFacts({ ...vendor, name }), 'Nyt navn')
      return fromToday(hand.name, whose, name)
    }
    case 'move': {
      const address = `Gade ${value}`
      await editVendor(context, vendor, vendorFacts({ ...vendor, address }))
      return fromToday(hand.address, whose, address)
    }
    case 'edit':
      await edited({ accessCountries: [access] })
      return fromToday(hand.access, which, access)
    case 'serve':
      await edited({ services: serves })
      return fromToday(hand.services, which, serves.join('+'))
    case 'hang': {
      const under = value % 2 === 0 ? undefined : world.engagements[above.get(which) ?? -1]
      if (kept.parent === (under?.id ?? null)) return
      await moveBranch(context, kept, { to: under?.reference ?? null, because: 'Omlagt' })
      return fromToday(hand.parent, which, under?.id ?? '')
    }
    case 'correct-name': {
      const name = `Rettet navn ${value}`
      if (said(hand.name, whose, from) === name) return
      await putVendorRight({ name })
      return onStretch(hand.name, whose, name)
    }
    case 'correct-address': {
      const address = `Rettet gade ${value}`
      if (said(hand.address, whose, from) === address) return
      await putVendorRight({ address })
      return onStretch(hand.address, whose, address)
    }
    case 'correct-access':
      if (said(hand.access, which, from) === access) return
      await putRight({ accessCountries: [access] })
      return onStretch(hand.access, which, access)
    case 'correct-services':
      if (said(hand.services, which, from) === serves.join('+')) return
      await putRight({ services: serves })
      return onStretch(hand.services, which, serves.join('+'))
  }
}

async function changeApprovals(world: World, step: Step): Promise<void> {
  const { today, hand } = world
  const context = contextOn(today)
  const { which, whose, value } = step
  const customer = customers[whose] ?? ''
  const engagement = world.engagements[which]!.id
  const { from: past, to } = stretchOf(today, step)
  const own = hand.approvals.filter((each) => each.customer === customer && each.which === which)
  const chosen = own[value % Math.max(1, own.length)]
  const held = chosen && (chosen.to === null || chosen.to > chosen.from) ? chosen : undefined
  switch (step.does) {
    case 'approve':
      return given(world, customer, which, today)
    case 'approve-late':
      return given(world, customer, which, past)
    // What is bought from a later day on is approved from then on.
    case 'approve-ahead':
      return given(world, customer, which, addDays(today, step.back))
    case 'succeed':
      await given(world, customer, successor, today)
      return over(world, customer, changed, today)
    case 'end':
      return over(world, customer, which, today)
    case 'end-late':
      return over(world, customer, which, past)
    case 'correct-began': {
      if (!held || past === held.from || (held.to !== null && held.to <= past)) return
      if (own.some((each) => each !== held && each.from === past)) return
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
      const finding = { customer, engagement, from: past, to, kind: 'baseline' as const, notice: null }
      await correctApproval(context, { fault: 'missing', ...finding }, ground, neverTold)
      // Of which was said by mistake that it was never given: it holds again.
      if (there) {
        there.to = to
        return
      }
      // Its key is its own: the usual one may be that of an approval whose first day was corrected.
      hand.approvals.push({ customer, which, from: past, to, id: await idOf(customer, engagement, past) })
    }
  }
}

async function given(
  { today, hand, engagements }: World,
  customer: string,
  which: number,
  from: Day,
): Promise<void> {
  const engagement = engagements[which]!.id
  const id = `${customer}/${engagement}/${from}`
  await approve(contextOn(today), [{ customer, engagement, from, notice: null, kind: 'baseline' }])
  // A repeat changes nothing, not even what was corrected since; another that begins that day is there already.
  const there = hand.approvals.some(
    (each) => each.id === id || (each.customer === customer && each.which === which && each.from === from),
  )
  if (!there) hand.approvals.push({ customer, which, from, to: null, id })
}

async function over(
  { today, hand, engagements }: World,
  customer: string,
  which: number,
  to: Day,
): Promise<void> {
  const engagement = engagements[which]!.id
  await endApprovals(contextOn(today), { engagement, customers: [customer], to, notice: null })
  for (const each of hand.approvals.filter((own) => own.customer === customer && own.which === which)) {
    if (each.from > to) each.to = each.from
    else if (each.to === null || each.to > to) each.to = to
  }
}

async function idOf(customer: string, engagement: string, from: Day): Promise<string> {
  return (await approvalsBetween(customer, engagement)).find((each) => each.from === from)?._id ?? ''
}
