import { addMonths, type Day } from '../../base/day.js'
import { listingHoldsMonths, needsTia, tiaReviewDay, type Transfer } from '../../transfers/rules.js'
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
