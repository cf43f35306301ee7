import { addMonths, type Day } from '../../base/day.js'
import {
  basisProblems,
  listingHoldsMonths,
  needsTia,
  rulingSince,
  tiaReviewDay,
  type Law,
  type Transfer,
} from '../../transfers/rules.js'
import type { EngagementRow } from '../rules.js'

/** `on`: the review day, or the day of the last look-up; null where there was none. */
export type TransferDue = { engagement: EngagementRow; transfer: Transfer; on: Day | null }

const earlier = (a: TransferDue, b: TransferDue) => ((a.on ?? '') < (b.on ?? '') ? -1 : 1)

/** Assessments to be made again by the day (EDPB 01/2020, step 6), longest due first. */
export function tiaDue(engagements: readonly EngagementRow[], day: Day): TransferDue[] {
  return engagements
    .flatMap((engagement) =>
      engagement.transfers.flatMap((transfer): TransferDue[] => {
        const on = tiaReviewDay(transfer.tia)
        return needsTia(transfer) && on !== null && on <= day ? [{ engagement, transfer, on }] : []
      }),
    )
    .toSorted(earlier)
}

/**
 * Assessments that are older than a ruling on what they assessed (clause 14(e), EDPB 01/2020, step 6): due since that day, whatever review
 * was agreed.
 */
export function tiaBeforeRuling(law: Law, engagements: readonly EngagementRow[], day: Day): TransferDue[] {
  return engagements
    .flatMap((engagement) =>
      engagement.transfers.flatMap((transfer): TransferDue[] => {
        const concludedOn = transfer.tia?.concludedOn
        if (!needsTia(transfer) || concludedOn === undefined) return []
        const ruling = rulingSince(law, transfer.country, concludedOn, day)
        return ruling === null ? [] : [{ engagement, transfer, on: ruling.on }]
      }),
    )
    .toSorted(earlier)
}

/** Recipients of which nobody has found out, since the decision was made or narrowed, whether a limited decision covers them. */
export function scopesDue(law: Law, engagements: readonly EngagementRow[], day: Day): TransferDue[] {
  return engagements
    .flatMap((engagement) =>
      engagement.transfers.flatMap((transfer): TransferDue[] => {
        const due = basisProblems(law, transfer, day, engagement.role).some(
          ({ text }) => text === 'adequacy-limited' || text === 'adequacy-narrowed',
        )
        return due ? [{ engagement, transfer, on: transfer.withinScope?.checkedOn ?? null }] : []
      }),
    )
    .toSorted(earlier)
}

/** Recipients that were never looked up on the DPF list, or not within the year: a listing is renewed every year. */
export function listingsDue(engagements: readonly EngagementRow[], day: Day): TransferDue[] {
  return engagements
    .flatMap((engagement) =>
      engagement.transfers.flatMap((transfer): TransferDue[] => {
        const on = transfer.listingCheckedOn ?? null
        const due = on === null || addMonths(on, listingHoldsMonths) < day
        return transfer.basis === 'adequacy-dpf' && due ? [{ engagement, transfer, on }] : []
      }),
    )
    .toSorted(earlier)
}
