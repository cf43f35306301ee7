import type { Context } from '../../base/context.js'
import { readCustomerQuery } from '../../customers/actions.js'
import { countAsked, idsAsked } from '../../customers/records.js'
import type { Vendor, Engagement } from '../rules.js'
import { approvedSince } from '../records/approvals.js'
import { engagementsApprovedBy } from '../records/approved-by.js'
import { listedEngagements, listedVendors } from '../records/relisting.js'
import type { VendorQuery } from '../rules/lists.js'
import { vendorsMatching } from './lists.js'

/** Engagements with whose they are, as maps name them. */
export type Located = { engagement: Engagement; vendor: Pick<Vendor, 'name' | 'reference'> }

/** Running engagements of the vendors that the list has found. */
export async function vendorsLocated(
  context: Context,
  query: VendorQuery,
): Promise<{ count: number; located: Located[] }> {
  const located: Located[] = []
  let count = 0
  for await (const { vendor, engagements } of vendorsMatching(context, query)) {
    count += 1
    const running = engagements.filter(({ endedOn }) => endedOn === null || endedOn > context.today)
    located.push(...running.map((engagement) => ({ engagement, vendor })))
  }
  return { count, located }
}

/**
 * The sub-processors that any of the customers has approved today whom the list has found. Of all customers together an index
 * says which these are; of some, their approvals are gone through.
 */
export async function customersLocated(
  context: Context,
  raw: unknown,
): Promise<{ count: number; capped: boolean; located: Located[] }> {
  const query = readCustomerQuery(raw)
  if (isOfAll(query)) {
    const [all, since] = await Promise.all([countAsked(query, context.today), approvedSince(context.today)])
    return { ...all, located: await locatedOf([...since.keys()]) }
  }
  const customers = await idsAsked(query, context.today)
  const approved = await engagementsApprovedBy(customers, context.today)
  return { count: customers.length, capped: false, located: await locatedOf(approved) }
}

function isOfAll({ q, filters, ids }: ReturnType<typeof readCustomerQuery>): boolean {
  const { state = ['current'], ...others } = filters
  const current = state.includes('current') || state.includes('all')
  return q === '' && ids.length === 0 && Object.keys(others).length === 0 && current
}

async function locatedOf(ids: readonly string[]): Promise<Located[]> {
  const engagements = [...(await listedEngagements({ _id: { $in: [...ids] } })).values()]
  const vendors = await listedVendors([...new Set(engagements.map(({ vendor }) => vendor))])
  return engagements.flatMap((engagement) => {
    const vendor = vendors.get(engagement.vendor)
    return vendor ? [{ engagement, vendor }] : []
  })
}
