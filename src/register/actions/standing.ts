import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import { batchesToTell, noticePeriodsFor } from '../../customers/actions.js'
import {
  dayWithout,
  lawIfEnded,
  withRegions,
  type DecisionFacts,
  type Law,
  type TransferInstruction,
} from '../../transfers/rules.js'
import { linksAbove } from '../records/chain.js'
import { engagementRows } from '../records/engagement-rows.js'
import { engagementsIn, engagementsOnBasis, engagementsWithTransferTo } from '../records/transfers.js'
import { markUnlisted } from '../records/relisting.js'
import { allServices } from '../records/services.js'
import {
  addCustomers,
  countriesOf,
  possibleBases,
  standingOf,
  type Change,
  type Covered,
  type StandingKind,
} from '../rules/standing.js'
import type { EngagementRow, Service } from '../rules.js'

/** What has to follow for one engagement. */
export type Standing = {
  engagement: EngagementRow
  kind: StandingKind
  countries: string[]
  customers: number
  /** What could carry it, and for how many customers each is instructed already. */
  bases: Covered[]
  /** The last day to send customers a notice, for the longest period agreed with any of them; null where there is none. */
  sendBy: Day | null
}

export type StandingOn = {
  change: Change
  rows: Standing[]
  services: Service[]
  customers: { reference: string; name: string }[]
}

/** The last day to send a notice of what is to begin on the day; handed over by the room of notices, which reckons it. */
export type LatestToSend = (start: Day, period: NoticePeriod) => Day | null

/** The change that a decision's end is, known or not: with it in force, and without, on the first day without. */
export function endOfDecision(law: Law, decision: DecisionFacts, today: Day): Change {
  const on = dayWithout(decision, today)
  return {
    decision,
    before: lawIfEnded(law, decision._id, null),
    after: lawIfEnded(law, decision._id, { on, by: decision.ended?.by ?? '' }),
    on,
  }
}

/** Every engagement, service and customer that stands on the decision, and what must follow for each engagement. */
export async function whatStandsOn(
  change: Change,
  today: Day,
  latestToSend: LatestToSend,
): Promise<StandingOn> {
  const { decision } = change
  const found = await engagementsConcerned(decision)
  const standingOnIt = found.flatMap((engagement): Standing[] => {
    const kind = standingOf(engagement, change)
    if (kind === null) return []
    const countries = countriesOf(engagement, decision)
    const bases = possibleBases(change.after, countries, change.on, engagement)
    const counts = bases.map((basis) => ({ ...basis, covered: 0, toAsk: 0 }))
    return [{ engagement, kind, countries, customers: 0, bases: counts, sendBy: null }]
  })
  const rows = await Promise.all(standingOnIt.map((row) => serving(row, today)))
  const customers = await countCustomers(rows, today)
  await addLatestDays(rows, change.on, latestToSend)
  const ids = new Set(rows.flatMap(({ engagement }) => engagement.services))
  const services = (await allServices()).filter(({ _id }) => ids.has(_id))
  return { change, rows, services, customers }
}

/** After a state has come into the EEA or left it: what the lists say of its countries is to be found out anew. */
export async function membershipChanged(state: string | null): Promise<void> {
  if (state !== null) await markUnlisted({ countries: withRegions(state) })
}

/** Running engagements that may stand on it; the rule says which of them do. */
export async function engagementsConcerned({ kind, _id, country }: DecisionFacts): Promise<EngagementRow[]> {
  if (kind === 'dead-basis') return engagementsOnBasis(_id)
  return kind === 'membership'
    ? engagementsIn(...withRegions(country ?? ''))
    : engagementsWithTransferTo(country ?? '')
}

/** A link further down that names no services of its own serves those of the nearest above it that does. */
async function serving(row: Standing, today: Day): Promise<Standing> {
  const { _id, parent, services } = row.engagement
  if (parent === null || services.length > 0) return row
  const above = await engagementRows((await linksAbove(_id, today)).map((link) => link._id))
  const served = above.find((each) => each.services.length > 0)
  return served ? { ...row, engagement: { ...row.engagement, services: served.services } } : row
}

/** Own vendors have no customers: what they do is for us alone. */
function forCustomers({ engagement }: Standing): boolean {
  return engagement.role === 'sub-processor'
}

/** Customers that buy the same and have instructed the same: ten thousand of them are some dozen kinds. */
type Alike = { services: readonly string[]; instruction: TransferInstruction; customers: number }

async function countCustomers(rows: Standing[], today: Day): Promise<StandingOn['customers']> {
  const concerned = rows.filter(forCustomers)
  const services = [...new Set(concerned.flatMap(({ engagement }) => engagement.services))]
  const found: StandingOn['customers'] = []
  if (services.length === 0) return found
  const kinds = new Map<string, Alike>()
  for await (const batch of batchesToTell(services, today))
    for (const { affected, reference, name, ...customer } of batch) {
      if (!affected) continue
      found.push({ reference, name })
      const instruction = customer.agreement.transferInstruction
      const key = JSON.stringify([customer.services.toSorted(), instruction])
      const alike = kinds.get(key) ?? { services: customer.services, instruction, customers: 0 }
      kinds.set(key, { ...alike, customers: alike.customers + 1 })
    }
  for (const row of concerned)
    for (const { services: bought, instruction, customers } of kinds.values()) {
      if (!row.engagement.services.some((service) => bought.includes(service))) continue
      row.customers += customers
      row.bases = addCustomers(row.bases, row.countries, instruction, customers)
    }
  return found
}

function isToBeTold({ kind }: Standing): boolean {
  return kind === 'falls' || kind === 'check'
}

async function addLatestDays(rows: readonly Standing[], on: Day, latestToSend: LatestToSend): Promise<void> {
  const known = new Map<string, Promise<Day | null>>()
  for (const row of rows.filter((each) => forCustomers(each) && isToBeTold(each))) {
    const { services } = row.engagement
    const key = services.toSorted().join()
    const asked = known.get(key) ?? latestFor(services, on, latestToSend)
    known.set(key, asked)
    row.sendBy = await asked
  }
}

/** The earliest of the latest days: for the longest period agreed with any customer. */
async function latestFor(services: string[], on: Day, latestToSend: LatestToSend): Promise<Day | null> {
  const periods = await noticePeriodsFor(services)
  return periods.flatMap((period) => latestToSend(on, period) ?? []).toSorted()[0] ?? null
}
