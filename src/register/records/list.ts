import type { Day } from '../../base/day.js'
import { danishSortKey, searchTokens, searchWords, tokenRange } from '../../db/keys.js'
import {
  contentOf,
  contentOn,
  engagementState,
  latestPerEngagement,
  type Approval,
  type ListRow,
} from '../rules.js'
import { approvalCounts, approvalsOf } from './approvals.js'
import { engagementsByIds } from './engagements.js'
import { vendorsByIds } from './vendors.js'

/** What the customer has approved on the day, as it stood that day: today's list and any past one are the same question. */
export async function listOn(customer: string, day: Day): Promise<ListRow[]> {
  const approvals = latestPerEngagement(await approvalsOf(customer, day))
  return rowsOf(
    day,
    approvals.map(({ engagement, from, kind, notice }) => ({
      engagement,
      from,
      kind,
      notice,
      customers: 1,
      capped: false,
    })),
  )
}

/** What any customer has approved on the day, with how many. */
export async function listForAll(day: Day): Promise<ListRow[]> {
  const counts = await approvalCounts(day)
  return rowsOf(
    day,
    [...counts].map(([engagement, { customers, capped, from }]) => ({
      engagement,
      from,
      kind: null,
      notice: null,
      customers,
      capped,
    })),
  )
}

/** Those rows in which each word searched for begins a word, in any of the spellings the registers search in. */
export function rowsMatching(rows: readonly ListRow[], search: string): ListRow[] {
  const patterns = searchWords(search).map((word) => new RegExp(tokenRange(word).$regex))
  return rows.filter(({ reference, vendorReference, content }) => {
    const { vendorName, registration, activity } = content
    const tokens = searchTokens(
      reference,
      vendorReference,
      vendorName,
      registration?.number,
      activity.da,
      activity.en,
    )
    return patterns.every((pattern) => tokens.some((token) => pattern.test(token)))
  })
}

type Held = {
  engagement: string
  from: Day
  kind: Approval['kind'] | null
  notice: string | null
  customers: number
  capped: boolean
}

async function rowsOf(day: Day, held: readonly Held[]): Promise<ListRow[]> {
  const engagements = await engagementsByIds(held.map(({ engagement }) => engagement))
  const vendors = new Map(
    (await vendorsByIds(engagements.map(({ vendor }) => vendor))).map((each) => [each._id, each]),
  )
  const byId = new Map(engagements.map((engagement) => [engagement._id, engagement]))
  const rows = held.flatMap(({ from, customers, capped, kind, notice, engagement: id }): ListRow[] => {
    const engagement = byId.get(id)
    const vendor = engagement && vendors.get(engagement.vendor)
    if (!engagement || !vendor) return []
    return [
      {
        engagement: id,
        reference: engagement.reference,
        vendor: vendor._id,
        vendorReference: vendor.reference,
        content: contentOf(vendor._id, contentOn(vendor.versions, day), contentOn(engagement.versions, day)),
        state: engagementState(engagement, customers, day),
        inUse: engagement.inUse,
        contract: engagement.contract,
        customers,
        capped,
        approvedFrom: from,
        kind,
        notice,
        sample: engagement.sample,
      },
    ]
  })
  const key = new Map(rows.map((row) => [row, danishSortKey(row.content.vendorName)]))
  return rows.toSorted((a, b) => {
    const [left, right] = [`${key.get(a)}\u0000${a.reference}`, `${key.get(b)}\u0000${b.reference}`]
    return left < right ? -1 : left > right ? 1 : 0
  })
}
