import type { Day } from '../../base/day.js'
import { isTaken } from '../../db/unique.js'
import type { Approval, ApprovalCorrection, EarlierApproval } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'

export async function approvalById(id: string): Promise<Approval | null> {
  return ApprovalModel.findById(id).lean<Approval>()
}

/** The customer's approvals of one engagement, oldest first, voided ones too. */
export async function approvalsBetween(customer: string, engagement: string): Promise<Approval[]> {
  return ApprovalModel.find({ customer, engagement }).sort({ from: 1 }).lean<Approval[]>()
}

/**
 * `right`: from when until when it truly held, and on what ground where that is another. What the register said before stays
 * beside it.
 */
export type CorrectedApproval = {
  right: { from: Day; to: Day | null } & Partial<Pick<Approval, 'kind' | 'notice' | 'endedBy'>>
  earlier: EarlierApproval
  correction: ApprovalCorrection
  lateFrom: Day
}

/**
 * The key by which repeated inserts find the row stays as it is, so that none of them brings back what was corrected. False
 * where the approval has changed since it was read, or another one begins on that day.
 */
export async function moveApproval(
  { _id, from, to, corrections = [] }: Approval,
  { right, earlier, correction, lateFrom }: CorrectedApproval,
): Promise<boolean> {
  const asRead = { _id, from, to, [`corrections.${corrections.length}`]: { $exists: false } }
  return onlyOnce(async () => {
    const { modifiedCount } = await ApprovalModel.updateOne(asRead, {
      $set: { ...right, lateUntil: correction.recordedOn },
      $min: { lateFrom },
      $push: { earlier, corrections: correction },
    })
    return modifiedCount === 1
  })
}

/** Whether that correction of an approval was made. */
export async function isCorrected(
  customer: string,
  engagement: string,
  correction: string,
): Promise<boolean> {
  const filter = { customer, engagement, 'corrections.id': correction } as object
  return (await ApprovalModel.exists(filter)) !== null
}

/** One of that first day that covers no day: it was found never to have been given. Null where there is none. */
export async function voidedApproval(
  customer: string,
  engagement: string,
  from: Day,
): Promise<Approval | null> {
  return ApprovalModel.findOne({ customer, engagement, from, to: from }).lean<Approval>()
}

/** One that was missing. False where one of that day is there. */
export async function insertMissingApproval(
  approval: Omit<Approval, '_id' | 'corrections'>,
  correction: ApprovalCorrection,
): Promise<boolean> {
  const { customer, engagement, from } = approval
  // An id of its own: the usual one may be that of an approval whose first day was corrected.
  const _id = `${customer}/${engagement}/${from}/${correction.id}`
  return onlyOnce(async () => {
    await ApprovalModel.create({ ...approval, _id, corrections: [correction] })
    return true
  })
}

/** Of these engagements, how many customers had each approved on any of the days from, and not including, to. */
export async function customersBetween(
  engagements: readonly string[],
  { from, to }: { from: Day; to: Day },
): Promise<number> {
  const [counted] = await ApprovalModel.aggregate<{ count: number }>([
    {
      $match: {
        engagement: { $in: [...engagements] },
        from: { $lt: to },
        $or: [{ to: null }, { to: { $gt: from } }],
        $expr: { $ne: ['$to', '$from'] },
      },
    },
    { $group: { _id: '$customer' } },
    { $count: 'count' },
  ])
  return counted?.count ?? 0
}

async function onlyOnce(write: () => Promise<boolean>): Promise<boolean> {
  try {
    return await write()
  } catch (error) {
    if (!isTaken(error)) throw error
    return false
  }
}
