import { setImmediate as breathe } from 'node:timers/promises'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { buyersOf, type Buyer } from '../../customers/actions.js'
import { servicesOn } from '../../customers/rules.js'
import {
  approvedBy,
  customersWithoutList,
  subProcessorsInUse,
  type AgreedEngagement,
} from '../../register/actions.js'
import { noticesAboutAny, recipientsByIds } from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { engagementsWithOpenCase, keepFinding, keepFindings } from '../records.js'
import type { Finding } from '../rules.js'

const shown = 10
/** Customers looked at in one go: pages asked for meanwhile are answered in between. */
const inOneGo = 25

/**
 * Looks for sub-processors in use today for customers that have not approved them. Kept out: customers a notice keeps apart until
 * they permit it, customers whose list from signing is not recorded at all, and engagements with an open case about it.
 */
export async function findUnpermitted(context: Context): Promise<{ found: number; customers: number }> {
  const found = await findingsOf(context, await subProcessorsInUse(context.today))
  await keepFindings(found, context.today)
  return { found: found.length, customers: found.reduce((sum, { count }) => sum + count, 0) }
}

/** The same for one engagement, where something about it has just changed. */
export async function lookAgain(context: Context, engagement: string): Promise<void> {
  const known = (await subProcessorsInUse(context.today)).filter(({ _id }) => _id === engagement)
  const [finding] = await findingsOf(context, known)
  await keepFinding(engagement, finding ?? null)
}

/** Goes through the customers, some at a time, however many engagements there are: asking engagement by engagement takes minutes. */
async function findingsOf({ today }: Context, inUse: readonly AgreedEngagement[]): Promise<Finding[]> {
  const open = await engagementsWithOpenCase()
  const asked = inUse.filter(({ _id }) => !open.has(_id))
  const counts = await countUnpermitted(asked, today)
  const some = asked.filter(({ _id }) => (counts.get(_id) ?? 0) > 0)
  const first = await firstUnpermitted(some, counts, today)
  return some.map((engagement) => ({
    _id: engagement._id,
    engagementReference: engagement.reference,
    vendorName: engagement.vendorName,
    count: counts.get(engagement._id) ?? 0,
    first: (first.get(engagement._id) ?? []).map(({ reference, name }) => ({ reference, name })),
    since: engagement.inUse.since ?? today,
    foundOn: today,
    sample: engagement.sample,
  }))
}

/** Counted from those who buy, less those who have approved it or are kept apart: few, where those who buy are many. */
async function countUnpermitted(
  engagements: readonly AgreedEngagement[],
  today: Day,
): Promise<Map<string, number>> {
  const counts = new Map(engagements.map(({ _id }) => [_id, 0]))
  const add = (id: string, number: number) => counts.set(id, (counts.get(id) ?? 0) + number)
  const buyers = new Map<Bought, number>()
  for await (const { looked, apart } of customersOf(engagements, today)) {
    for (const { bought, approved } of looked) {
      buyers.set(bought, (buyers.get(bought) ?? 0) + 1)
      for (const id of approved) if (bought.has(id)) add(id, -1)
    }
    for (const [id, customers] of apart) add(id, -customers.size)
  }
  for (const [bought, number] of buyers) for (const id of bought) add(id, number)
  return counts
}

async function firstUnpermitted(
  engagements: readonly AgreedEngagement[],
  counts: ReadonlyMap<string, number>,
  today: Day,
): Promise<Map<string, Buyer[]>> {
  const first = new Map<string, Buyer[]>(engagements.map(({ _id }) => [_id, []]))
  const wanting = new Set(first.keys())
  if (wanting.size === 0) return first
  for await (const { looked, apart } of customersOf(engagements, today)) {
    for (const [place, { buyer, bought, approved }] of looked.entries()) {
      if (place % inOneGo === 0) await breathe()
      for (const id of wanting) {
        const those = first.get(id) ?? []
        if (bought.has(id) && !approved.has(id) && !apart.get(id)?.has(buyer._id)) those.push(buyer)
        if (those.length >= Math.min(shown, counts.get(id) ?? 0)) wanting.delete(id)
      }
    }
    if (wanting.size === 0) break
  }
  return first
}

/** Ids of the engagements that a choice of services is delivered with. */
type Bought = ReadonlySet<string>
type Looked = { buyer: Buyer; bought: Bought; approved: ReadonlySet<string> }

/** Every customer that buys any of it today and whose list is recorded; `apart`: of those who have not approved it, by engagement. */
async function* customersOf(
  engagements: readonly AgreedEngagement[],
  today: Day,
): AsyncGenerator<{ looked: Looked[]; apart: ReadonlyMap<string, ReadonlySet<string>> }> {
  const byService = new Map<string, string[]>()
  for (const { _id, services } of engagements)
    for (const service of services) byService.set(service, [...(byService.get(service) ?? []), _id])
  const notices = await noticesAboutAny(engagements.map(({ _id }) => _id))
  const boughtBy = choices(byService, today)
  for await (const buyers of buyersOf([...byService.keys()])) {
    await breathe()
    const ids = buyers.map(({ _id }) => _id)
    const [approved, without] = await Promise.all([approvedBy(ids, today), customersWithoutList(ids)])
    const unrecorded = new Set(without)
    const looked = buyers
      .filter(({ _id, endedOn }) => !unrecorded.has(_id) && (endedOn === null || endedOn > today))
      .map((buyer) => ({
        buyer,
        bought: boughtBy(buyer),
        approved: approved.get(buyer._id) ?? new Set<string>(),
      }))
    yield { looked, apart: await keptApart(looked, notices) }
  }
}

/** Many buy the same, so it is put together once for each choice of services. */
function choices(byService: ReadonlyMap<string, readonly string[]>, today: Day): (buyer: Buyer) => Bought {
  const known = new Map<string, Bought>()
  return ({ services }) => {
    const chosen = servicesOn(services, today)
    const key = chosen.toSorted().join()
    const bought = known.get(key) ?? new Set(chosen.flatMap((service) => byService.get(service) ?? []))
    known.set(key, bought)
    return bought
  }
}

/** Customers a notice about it was sent to: its use is confirmed for each of them apart, and refused before its day. */
async function keptApart(
  looked: readonly Looked[],
  notices: ReadonlyMap<string, readonly string[]>,
): Promise<Map<string, Set<string>>> {
  const apart = new Map<string, Set<string>>()
  for (const [engagement, about] of notices) {
    const those = looked.filter(({ bought, approved }) => bought.has(engagement) && !approved.has(engagement))
    const ids = those.flatMap(({ buyer }) => about.map((notice) => recipientId(notice, buyer._id)))
    if (ids.length === 0) continue
    apart.set(engagement, new Set((await recipientsByIds(ids)).map(({ customer }) => customer)))
  }
  return apart
}
