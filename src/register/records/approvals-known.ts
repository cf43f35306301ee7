/** Approvals as the register knew them on a day: what was entered or corrected later left out. */
import type { PipelineStage } from 'mongoose'
import type { Day } from '../../base/day.js'
import { approvalsAsKnown, coversDay, type Approval } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'
import { mostCounted, type ApprovalCount } from './approvals.js'

/** A customer's approvals that covered the day, as known then. */
export async function approvalsOfAsKnown(customer: string, day: Day, known: Day): Promise<Approval[]> {
  const approvals = await ApprovalModel.find({ customer }).lean<Approval[]>()
  return approvalsAsKnown(approvals, known).filter((approval) => coversDay(approval, day))
}

/** These customers' approvals of one engagement, with what the register said of them before. */
export async function approvalsWithPast(
  engagement: string,
  customers: readonly string[],
): Promise<Approval[]> {
  return ApprovalModel.find({ customer: { $in: [...customers] }, engagement }).lean<Approval[]>()
}

/** As `approvalCounts`, as known then: slower, since what was known is not in the index. */
export async function approvalCountsAsKnown(
  day: Day,
  known: Day,
  engagements: readonly string[],
): Promise<Map<string, ApprovalCount>> {
  const counts = await Promise.all(
    engagements.map(async (engagement) => [engagement, await countAsKnown(engagement, day, known)] as const),
  )
  return new Map(counts.flatMap(([engagement, count]) => (count === null ? [] : [[engagement, count]])))
}

async function countAsKnown(engagement: string, day: Day, known: Day): Promise<ApprovalCount | null> {
  const [counted] = await ApprovalModel.aggregate<{ found: number; from: Day }>([
    {
      $match: {
        engagement,
        $and: [{ $or: [covering('', day), { 'earlier.until': { $gt: known } }] }, entered(known)],
      },
    },
    ...asKnown(known),
    { $match: covering('held.', day) },
    { $group: { _id: '$customer', from: { $min: '$held.from' } } },
    { $group: { _id: null, found: { $sum: 1 }, from: { $min: '$from' } } },
  ])
  if (!counted) return null
  const { found, from } = counted
  return { customers: Math.min(found, mostCounted), capped: found > mostCounted, from }
}

/** `held`: the first of the earlier states that still held, or else the present one. The same as `approvalsAsKnown`. */
function asKnown(known: Day): PipelineStage[] {
  const later = { $filter: { input: { $ifNull: ['$earlier', []] }, cond: { $gt: ['$$this.until', known] } } }
  const present = { from: '$from', to: '$to' }
  return [{ $set: { held: { $ifNull: [{ $arrayElemAt: [later, 0] }, present] } } }]
}

function entered(known: Day): object {
  return { $or: [{ recordedOn: { $exists: false } }, { recordedOn: { $lte: known } }] }
}

function covering(prefix: '' | 'held.', day: Day): object {
  return {
    [`${prefix}from`]: { $lte: day },
    $or: [{ [`${prefix}to`]: null }, { [`${prefix}to`]: { $gt: day } }],
  }
}

/** Whether on that day the register did not yet know some approval of that day as it knows it now. */
export async function wasLateOn(day: Day): Promise<boolean> {
  const found = await ApprovalModel.exists({ lateUntil: { $gt: day }, lateFrom: { $lte: day } })
  return found !== null
}
