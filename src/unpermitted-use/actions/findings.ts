import type { Context } from '../../base/context.js'
import { buyersOf, type Buyer } from '../../customers/actions.js'
import { servicesOn } from '../../customers/rules.js'
import {
  approvedBy,
  customersWithoutList,
  subProcessorsInUse,
  type AgreedEngagement,
} from '../../register/actions.js'
import { noticesAbout, recipientsByIds } from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { engagementsWithOpenCase, keepFinding, keepFindings } from '../records.js'
import type { Finding } from '../rules.js'

const shown = 10

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

/** Goes through the customers once, some at a time, however many engagements there are: asking engagement by engagement takes minutes. */
async function findingsOf(context: Context, inUse: readonly AgreedEngagement[]): Promise<Finding[]> {
  const open = await engagementsWithOpenCase()
  const byService = new Map<string, AgreedEngagement[]>()
  for (const engagement of inUse)
    if (!open.has(engagement._id))
      for (const service of engagement.services) push(byService, service, engagement)
  const found = new Map<string, Finding>()
  const keptApart = apartByNotices()
  for await (const buyers of buyersOf([...byService.keys()])) {
    const ids = buyers.map(({ _id }) => _id)
    const [approved, without] = await Promise.all([
      approvedBy(ids, context.today),
      customersWithoutList(ids).then((customers) => new Set(customers)),
    ])
    const unapproved = new Map<AgreedEngagement, Buyer[]>()
    for (const buyer of buyers) {
      if (without.has(buyer._id)) continue
      for (const engagement of boughtBy(buyer, byService, context.today))
        if (!approved.get(buyer._id)?.has(engagement._id)) push(unapproved, engagement, buyer)
    }
    for (const [engagement, some] of unapproved) {
      const apart = await keptApart(engagement._id, some)
      for (const buyer of some) {
        if (apart.has(buyer._id)) continue
        const finding = found.get(engagement._id) ?? nothingYet(engagement, context.today)
        finding.count += 1
        if (finding.first.length < shown) finding.first.push({ reference: buyer.reference, name: buyer.name })
        found.set(engagement._id, finding)
      }
    }
  }
  return inUse.flatMap(({ _id }) => found.get(_id) ?? [])
}

function boughtBy(
  { services, endedOn }: Buyer,
  byService: ReadonlyMap<string, readonly AgreedEngagement[]>,
  today: string,
): Set<AgreedEngagement> {
  if (endedOn !== null && endedOn <= today) return new Set()
  return new Set(servicesOn(services, today).flatMap((service) => byService.get(service) ?? []))
}

/** Customers a notice about it was sent to: its use is confirmed for each of them apart, and refused before its day. */
function apartByNotices() {
  const known = new Map<string, string[]>()
  return async (engagement: string, buyers: readonly Buyer[]): Promise<Set<string>> => {
    const notices = known.get(engagement) ?? (await noticesAbout(engagement)).map(({ _id }) => _id)
    known.set(engagement, notices)
    const ids = notices.flatMap((notice) => buyers.map(({ _id }) => recipientId(notice, _id)))
    if (ids.length === 0) return new Set()
    return new Set((await recipientsByIds(ids)).map(({ customer }) => customer))
  }
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function nothingYet(engagement: AgreedEngagement, today: string): Finding {
  return {
    _id: engagement._id,
    engagementReference: engagement.reference,
    vendorName: engagement.vendorName,
    count: 0,
    first: [],
    since: engagement.inUse.since ?? today,
    foundOn: today,
    sample: engagement.sample,
  }
}
