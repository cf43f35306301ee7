/** The second check: whether customers' documented instruction (C.6) covers what is transferred. Never merged with the first. */
import type { Day } from '../../base/day.js'
import {
  anyLacksInstruction,
  countBuyers,
  customersLackingInstruction,
  instructionsInAgreements,
  instructionsOf,
  type InstructionsOf,
} from '../../customers/actions.js'
import type { Customer } from '../../customers/rules.js'
import { lawNow } from '../../transfers/actions.js'
import {
  instructionsLacking,
  notInstructed,
  transfersNeeded,
  type CountryCode,
  type LawOn,
  type TransferInstruction,
} from '../../transfers/rules.js'
import { approvingAmong } from '../records/approved-by.js'
import { whileListsStand } from '../records.js'
import type { EngagementFacts, ListRow } from '../rules.js'
import { listedAndBelow, type Judged } from './listed-and-below.js'

/** Who instructed transfers to which countries when a notice told of the engagement; handed over by the room of notices. */
export type InstructedFor = (engagement: string) => Promise<{ customer: string; countries: string[] }[]>

export const nobodyInstructed: InstructedFor = () => Promise.resolve([])

/** Whom a notice about the engagement turned out not to be for; handed over by the room of notices. */
export type LeftOutOf = (
  engagement: string,
) => Promise<{ customer: string; because: 'exempted' | 'refused' }[]>

export const nobodyLeftOut: LeftOutOf = () => Promise.resolve([])

/** Of those that buy it: how many nothing is transferred of, and why. */
export type LeftOut = { because: 'exempted' | 'refused'; count: number }

type Where = Pick<EngagementFacts, 'storageCountries' | 'accessCountries' | 'transfers'>

/**
 * Of those that buy what the engagement is for and whose data are or may come to be in it: how many have not instructed it, neither in the
 * agreement nor with a notice. Who was exempted or has refused owes no instruction (C.6): that is counted apart.
 */
export async function instructionsFor(
  at: LawOn,
  engagement: Where & { _id: string; services: readonly string[] },
  { instructedFor, leftOutOf }: { instructedFor: InstructedFor; leftOutOf: LeftOutOf },
  named: number,
): Promise<InstructionsOf & { leftOut: LeftOut[] }> {
  const { storageCountries, accessCountries, transfers, services } = engagement
  const lacking = instructionsLacking(at.law, at.day, storageCountries, accessCountries, transfers)
  const [except, without] = await Promise.all([
    instructedApart(at, engagement, instructedFor),
    withoutIt(engagement._id, at.day, leftOutOf),
  ])
  const asked = { services, on: at.day }
  const leftOut = await Promise.all(
    [...without].map(async ([because, ids]) => ({ because, count: await countBuyers(ids, asked) })),
  )
  const ids = [...without.values()].flat()
  return {
    ...(await instructionsOf({ ...asked, lacking, except, leftOut: ids }, named)),
    leftOut: leftOut.filter(({ count }) => count > 0),
  }
}

/** By why; whoever has come to approve it all the same, by another notice, is not among them. */
async function withoutIt(
  engagement: string,
  day: Day,
  leftOutOf: LeftOutOf,
): Promise<Map<LeftOut['because'], string[]>> {
  const named = new Map((await leftOutOf(engagement)).map(({ customer, because }) => [customer, because]))
  const held = new Set(await approvingAmong(engagement, [...named.keys()], day))
  const left = new Map<LeftOut['because'], string[]>()
  for (const [customer, because] of named)
    if (!held.has(customer)) left.set(because, [...(left.get(because) ?? []), customer])
  return left
}

/** Customers whose own instruction, given with a notice, reaches what their agreement leaves out. */
async function instructedApart(
  { law, day }: LawOn,
  { _id, storageCountries, accessCountries, transfers }: Where & { _id: string },
  instructedFor: InstructedFor,
): Promise<string[]> {
  const given = await instructedFor(_id)
  if (given.length === 0) return []
  const agreed = await instructionsInAgreements(given.map(({ customer }) => customer))
  const countries = new Map<string, Set<string>>()
  for (const each of given)
    countries.set(each.customer, new Set([...(countries.get(each.customer) ?? []), ...each.countries]))
  return [...countries].flatMap(([customer, named]) => {
    const instruction = agreed.get(customer)
    if (!instruction) return []
    const left = notInstructed(law, day, storageCountries, accessCountries, transfers, instruction)
    return left.every((country) => named.has(country)) ? [customer] : []
  })
}

type Doubtful = Judged & { lacking: ReturnType<typeof instructionsLacking> }

/** On today's list or below it, and outside what some agreement may say. */
async function doubtful({ law, day }: LawOn, stamp: string | null): Promise<Doubtful[]> {
  return whileListsStand(stamp, `instructed/${day}/${JSON.stringify(law)}`, async () =>
    (await listedAndBelow(stamp, day)).flatMap((each) => {
      const { storageCountries, accessCountries, transfers } = each.where
      // What never leaves the EEA is no transfer, and needs no instruction.
      if (transfersNeeded(law, storageCountries, accessCountries, day).length === 0) return []
      const lacking = instructionsLacking(law, day, storageCountries, accessCountries, transfers)
      return [{ ...each, services: each.services.toSorted(), lacking }]
    }),
  )
}

export type Uninstructed = {
  engagement: string
  reference: string
  name: string
  countries: CountryCode[]
  kinds: TransferInstruction['kind'][]
  /** Of those that have it approved; counted up to `most`. */
  lacking: { count: number; capped: boolean }
  /** It hangs below one that is on the list, and came with that one's approval. */
  further: boolean
}

/**
 * What is on today's list without every customer that has it approved having instructed its transfers (clause 8.3: no instruction, no
 * transfer), one after another. Whom it is not approved for, nothing is transferred of.
 */
export async function* withoutInstruction(
  stamp: string | null,
  today: Day,
  instructedFor: InstructedFor,
  most: number,
): AsyncGenerator<Uninstructed> {
  const at = { law: await lawNow(), day: today }
  // Those bought alike and lacking alike are asked about once.
  const answers = new Map<string, Promise<boolean>>()
  for (const each of await doubtful(at, stamp)) {
    const { services, lacking } = each
    const key = JSON.stringify([services, lacking])
    const asked = answers.get(key) ?? anyLacksInstruction({ services, on: today, lacking })
    answers.set(key, asked)
    if (!(await asked)) continue
    const { count, kinds } = await approvedWithout(at, each, instructedFor, most)
    if (count === 0) continue
    const { engagement, reference, name, where, further } = each
    const countries = countriesLacking(at, where, kinds)
    yield {
      engagement,
      reference,
      name,
      countries,
      kinds,
      lacking: { count, capped: count >= most },
      further,
    }
  }
}

async function approvedWithout(
  at: LawOn,
  { engagement, where, through, services, lacking }: Doubtful,
  instructedFor: InstructedFor,
  most: number,
): Promise<{ count: number; kinds: TransferInstruction['kind'][] }> {
  const except = await instructedApart(at, { _id: engagement, ...where }, instructedFor)
  const kinds = new Set<TransferInstruction['kind']>()
  let count = 0
  for await (const some of customersLackingInstruction({ services, on: at.day, lacking, except })) {
    const ids = some.map(({ _id }) => _id)
    const by = await Promise.all(through.map((each) => approvingAmong(each, ids, at.day)))
    const approving = new Set(by.flat())
    for (const { kind } of some.filter(({ _id }) => approving.has(_id))) kinds.add(kind)
    count += approving.size
    if (count >= most) break
  }
  return { count: Math.min(count, most), kinds: [...kinds] }
}

/** Countries that some of these instructions leave out; of those by country, any may be. */
function countriesLacking(
  { law, day }: LawOn,
  { storageCountries: storage, accessCountries: access, transfers }: Where,
  kinds: readonly TransferInstruction['kind'][],
): CountryCode[] {
  const all = kinds.flatMap((kind) =>
    notInstructed(law, day, storage, access, transfers, { kind, countries: [] }),
  )
  return [...new Set(all)]
}

/** Of one customer's list: what neither its agreement nor an instruction of its own reaches, and the countries of that. */
export async function uninstructedRows(
  { law, day }: LawOn,
  rows: readonly ListRow[],
  { _id, agreement }: Pick<Customer, '_id' | 'agreement'>,
  instructedFor: InstructedFor,
): Promise<{ row: ListRow; countries: CountryCode[] }[]> {
  const found = await Promise.all(
    rows.map(async (row) => {
      const { storageCountries, accessCountries, transfers } = row.content
      const { transferInstruction: instruction } = agreement
      const left = notInstructed(law, day, storageCountries, accessCountries, transfers, instruction)
      if (left.length === 0) return { row, countries: [] }
      const own = (await instructedFor(row.engagement)).filter(({ customer }) => customer === _id)
      const named = new Set(own.flatMap(({ countries }) => countries))
      return { row, countries: left.filter((country) => !named.has(country)) }
    }),
  )
  return found.filter(({ countries }) => countries.length > 0)
}
