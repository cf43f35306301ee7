/** Approvals of one engagement that held on a day, some at a time: for whoever asks on what they stand. */
import type { Day } from '../../base/day.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import type { Approval, ApprovalKind } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'

// Said one by one, so that the index by kind has each of them in order, and the four are merged instead of sorted.
const kinds: ApprovalKind[] = ['baseline', 'no-objection', 'approved', 'consent']

/** The oldest first. */
export async function approvalsHeldOn(
  engagement: string,
  on: Day,
  cursor: string | undefined,
  size: number,
): Promise<Page<Approval> & { count: { count: number; capped: boolean } }> {
  const held = { engagement, from: { $lte: on }, to: { $not: { $lte: on } } }
  const [page, count] = await Promise.all([
    pageAfter(
      ApprovalModel,
      { ...held, kind: { $in: kinds } },
      { field: 'from', direction: 1 },
      cursor,
      size,
    ),
    cappedCount(ApprovalModel, held),
  ])
  return { ...page, count }
}
