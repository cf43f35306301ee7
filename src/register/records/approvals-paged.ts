/** Approvals that held on a day, some at a time: for whoever asks on what they stand. */
import type { Day } from '../../base/day.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import type { Approval } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'

/** Of one engagement, of one customer, or of both: one of them at least. The oldest first. */
export async function approvalsHeldOn(
  of: { engagement?: string; customer?: string },
  on: Day,
  cursor: string | undefined,
  size: number,
): Promise<Page<Approval> & { count: { count: number; capped: boolean } }> {
  const held = { ...of, from: { $lte: on }, to: { $not: { $lte: on } } }
  const [page, count] = await Promise.all([
    pageAfter(ApprovalModel, held, { field: 'from', direction: 1 }, cursor, size),
    cappedCount(ApprovalModel, held),
  ])
  return { ...page, count }
}
