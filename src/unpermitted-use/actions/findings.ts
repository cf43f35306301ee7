import type { Context } from '../../base/context.js'
import { buyersOf } from '../../customers/actions.js'
import { customersWithoutList, subProcessorsInUse, type AgreedEngagement } from '../../register/actions.js'
import { noticesAbout, recipientsByIds } from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { casesOfEngagement, keepFinding, keepFindings } from '../records.js'
import type { Finding } from '../rules.js'
import { withoutPermission } from './derive.js'

const shown = 10

/**
 * Looks for sub-processors in use today for customers that have not approved them. Kept out: customers a notice keeps apart until
 * they permit it, customers whose list from signing is not recorded at all, and engagements with an open case about it.
 */
export async function findUnpermitted(context: Context): Promise<{ found: number; customers: number }> {
  const found: Finding[] = []
  for (const engagement of await subProcessorsInUse(context.today)) {
    const finding = await findingFor(context, engagement)
    if (finding) found.push(finding)
  }
  await keepFindings(found, context.today)
  return { found: found.length, customers: found.reduce((sum, { count }) => sum + count, 0) }
}

/** The same for one engagement, where something about it has just changed. */
export async function lookAgain(context: Context, engagement: string): Promise<void> {
  const known = (await subProcessorsInUse(context.today)).find(({ _id }) => _id === engagement)
  await keepFinding(engagement, known ? await findingFor(context, known) : null)
}

async function findingFor(context: Context, engagement: AgreedEngagement): Promise<Finding | null> {
  const cases = await casesOfEngagement(engagement._id)
  if (cases.some(({ open }) => open)) return null
  const notices = await noticesAbout(engagement._id)
  const today = { from: context.today, to: null }
  const first: Finding['first'] = []
  let count = 0
  for await (const buyers of buyersOf(engagement.services)) {
    const without = await withoutPermission(engagement._id, engagement.services, today, buyers, context.today)
    const ids = without.map(({ buyer }) => buyer._id)
    const [apart, unlisted] = await Promise.all([
      keptApart(
        notices.map(({ _id }) => _id),
        ids,
      ),
      customersWithoutList(ids).then((customers) => new Set(customers)),
    ])
    for (const { buyer } of without) {
      if (apart.has(buyer._id) || unlisted.has(buyer._id)) continue
      count += 1
      if (first.length < shown) first.push({ reference: buyer.reference, name: buyer.name })
    }
  }
  if (count === 0) return null
  return {
    _id: engagement._id,
    engagementReference: engagement.reference,
    vendorName: engagement.vendorName,
    count,
    first,
    since: engagement.inUse.since ?? context.today,
    foundOn: context.today,
    sample: engagement.sample,
  }
}

/** Customers a notice about it was sent to: its use is confirmed for each of them apart, and refused before its day. */
async function keptApart(notices: readonly string[], customers: readonly string[]): Promise<Set<string>> {
  const ids = notices.flatMap((notice) => customers.map((customer) => recipientId(notice, customer)))
  if (ids.length === 0) return new Set()
  return new Set((await recipientsByIds(ids)).map(({ customer }) => customer))
}
