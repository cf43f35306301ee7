import type { Day } from '../../base/day.js'
import type { Contract, EngagementContent, EngagementState } from './engagement.js'
import type { CorrectionGround } from './known.js'

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
  /** The day it was entered. Absent in rows older than this field. */
  recordedOn?: Day
  /** What the register said of it before, oldest first. */
  earlier?: EarlierApproval[]
  /** What corrected it, oldest first. */
  corrections?: ApprovalCorrection[]
  /** From `lateFrom` on the register was told of it late, until `lateUntil`: in between a list may have shown otherwise. */
  lateFrom?: Day
  lateUntil?: Day
}

/** `until`: the first day on which the register no longer said so. */
export type EarlierApproval = Pick<Approval, 'from' | 'to' | 'kind' | 'notice' | 'endedBy'> & { until: Day }

/** What was found to be wrong about an approval: it was missing, never given, or began or ended on another day. */
export type ApprovalFault = 'missing' | 'never-given' | 'began' | 'ended'
export const approvalFaults = [
  'missing',
  'never-given',
  'began',
  'ended',
] as const satisfies readonly ApprovalFault[]

export type ApprovalCorrection = CorrectionGround & { fault: ApprovalFault }

/** `to`: entered so late that it is over already. */
export type NewApproval = Pick<Approval, 'customer' | 'engagement' | 'from' | 'notice' | 'kind'> & {
  to?: Day
}

/** One row of a list on a day. `customers`: how many have it approved that day; for one customer's list, 1. */
export type ListRow = {
  engagement: string
  reference: string
  vendor: string
  vendorReference: string
  /** The engagement of which this is the changed one. */
  continues?: string
  content: EngagementContent
  state: EngagementState
  inUse: { since: Day | null; until: Day | null }
  /** The version that counted that day, as it is known now. */
  contract: Contract | null
  customers: number
  /** There are more customers than were counted. */
  capped: boolean
  approvedFrom: Day
  kind: ApprovalKind | null
  notice: string | null
  /** What of the row was corrected since, oldest first; empty for what was entered in its time. */
  corrections: CorrectionGround[]
  /** The day the approval was entered, where that was after the day the list is of; null where it was not. */
  enteredOn: Day | null
  sample: boolean
}

export function coversDay(approval: { from: Day; to: Day | null }, day: Day): boolean {
  return approval.from <= day && (approval.to === null || approval.to > day)
}

/** What was corrected after the day: what was put right by then stood on the list of that day as it stands now. */
export function correctedAfter<Row extends Pick<ListRow, 'corrections'>>(row: Row, day: Day): Row {
  return { ...row, corrections: row.corrections.filter(({ recordedOn }) => recordedOn > day) }
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
