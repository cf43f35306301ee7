import type { Day } from '../../base/day.js'
import type { Contract, EngagementContent, EngagementState } from './engagement.js'

/** How a customer came to have it approved. Silence is 'no-objection', never 'approved'. */
export type ApprovalKind = 'baseline' | 'no-objection' | 'approved' | 'consent'

/** One customer, one engagement, from a day until `to`, the first day it no longer holds. `notice` null: at signing. */
export type Approval = {
  _id: string
  customer: string
  engagement: string
  from: Day
  to: Day | null
  kind: ApprovalKind
  notice: string | null
  endedBy: string | null
}

export type NewApproval = Pick<Approval, 'customer' | 'engagement' | 'from' | 'notice' | 'kind'>

/** One row of a list on a day. `customers`: how many have it approved that day; for one customer's list, 1. */
export type ListRow = {
  engagement: string
  reference: string
  vendor: string
  vendorReference: string
  content: EngagementContent
  state: EngagementState
  inUse: { since: Day | null; until: Day | null }
  /** As it is now: contracts are signed, not announced, so their past is in the log. */
  contract: Contract | null
  customers: number
  /** There are more customers than were counted. */
  capped: boolean
  approvedFrom: Day
  kind: ApprovalKind | null
  notice: string | null
  sample: boolean
}

export function coversDay(approval: { from: Day; to: Day | null }, day: Day): boolean {
  return approval.from <= day && (approval.to === null || approval.to > day)
}

/** The approval that counts where several cover a day, as after a later approval of a change: the latest. */
export function latestPerEngagement<Row extends Pick<Approval, 'engagement' | 'from'>>(
  approvals: readonly Row[],
): Row[] {
  const latest = new Map<string, Row>()
  for (const approval of approvals) {
    const other = latest.get(approval.engagement)
    if (!other || other.from < approval.from) latest.set(approval.engagement, approval)
  }
  return [...latest.values()]
}
