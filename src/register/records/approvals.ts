import mongoose, { model, Schema, type AnyBulkWriteOperation } from 'mongoose'
import type { Day } from '../../base/day.js'
import type { Approval, NewApproval } from '../rules.js'

const schema = new Schema<Approval>(
  {
    _id: { type: String, required: true },
    customer: { type: String, required: true },
    engagement: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, default: null },
    kind: { type: String, required: true },
    notice: { type: String, default: null },
    endedBy: { type: String, default: null },
  },
  { versionKey: false },
)
schema.index({ customer: 1, engagement: 1, from: 1 }, { unique: true })
// Whole answers from the index: how many customers have it approved on a day, and who.
schema.index({ engagement: 1, from: 1, to: 1, customer: 1 })
const ApprovalModel = model<Approval>('approval', schema)

/** Few enough to keep one message to the database well below its limit. */
const batchSize = 2000

/**
 * Writes those that are not there yet and says how many there were. The key is customer, engagement and day, so a repeat
 * changes nothing, whoever else writes the same at the same moment.
 */
export async function insertApprovals(rows: readonly NewApproval[]): Promise<number> {
  let written = 0
  for (let at = 0; at < rows.length; at += batchSize) {
    const batch = rows.slice(at, at + batchSize).map(upsertOf)
    written += await writeBatch(batch)
  }
  return written
}

function upsertOf({
  customer,
  engagement,
  from,
  notice,
  kind,
}: NewApproval): AnyBulkWriteOperation<Approval> {
  const _id = `${customer}/${engagement}/${from}`
  return {
    updateOne: {
      filter: { _id },
      update: { $setOnInsert: { customer, engagement, from, to: null, kind, notice, endedBy: null } },
      upsert: true,
    },
  }
}

async function writeBatch(batch: AnyBulkWriteOperation<Approval>[]): Promise<number> {
  try {
    return (await ApprovalModel.bulkWrite(batch, { ordered: false })).upsertedCount
  } catch (error) {
    // Two processes at the same row: the loser of an upsert is told of a duplicate, and the row is there.
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error
    const failures = [error.writeErrors].flat()
    if (failures.some(({ code }) => code !== 11000)) throw error
    return error.upsertedCount
  }
}

/**
 * Closes what holds on or after the day. An approval that would only have begun later is closed on its first day: it never
 * covers any.
 */
export async function closeApprovals(
  engagement: string,
  customers: readonly string[] | undefined,
  to: Day,
  notice: string | null,
): Promise<number> {
  const parts: (readonly string[] | undefined)[] = []
  for (let at = 0; customers && at < customers.length; at += batchSize)
    parts.push(customers.slice(at, at + batchSize))
  let closed = 0
  for (const part of customers ? parts : [undefined]) {
    const those = { engagement, ...(part ? { customer: { $in: part } } : {}) }
    const open = { $or: [{ to: null }, { to: { $gt: to } }] }
    const begun = await ApprovalModel.updateMany(
      { ...those, from: { $lte: to }, ...open },
      { $set: { to, endedBy: notice } },
    )
    const coming = await ApprovalModel.updateMany(
      { ...those, from: { $gt: to }, $expr: { $ne: ['$to', '$from'] } },
      [{ $set: { to: '$from', endedBy: { $literal: notice } } }],
      { updatePipeline: true },
    )
    closed += begun.modifiedCount + coming.modifiedCount
  }
  return closed
}

/** A customer's approvals that cover the day. */
export async function approvalsOf(customer: string, day: Day): Promise<Approval[]> {
  return ApprovalModel.find({ customer, ...covering(day) }).lean<Approval[]>()
}

/** Every approval of these customers, past and to come. */
export async function approvalsOfAll(customers: readonly string[]): Promise<Approval[]> {
  return ApprovalModel.find({ customer: { $in: customers } }).lean<Approval[]>()
}

/** The notices by which each engagement came or went after one day and no later than another, of one customer or of all. */
export async function noticesBetween(
  engagements: readonly string[],
  { after, until }: { after: Day; until: Day },
  customer?: string,
): Promise<Map<string, string[]>> {
  const within = { $gt: after, $lte: until }
  const found = await Promise.all(
    engagements.map(async (engagement) => {
      const those = { engagement, ...(customer === undefined ? {} : { customer }) }
      const [begun, ended] = await Promise.all([
        ApprovalModel.distinct('notice', { ...those, from: within }),
        ApprovalModel.distinct('endedBy', { ...those, to: within }),
      ])
      const notices = [...begun, ...ended].filter((notice) => notice !== null)
      return [engagement, [...new Set(notices)].toSorted()] as const
    }),
  )
  return new Map(found)
}

/** How many customers have the engagement approved on the day. */
export async function countApproved(engagement: string, day: Day): Promise<number> {
  const [counted] = await ApprovalModel.aggregate<{ count: number }>([
    { $match: { engagement, ...covering(day) } },
    { $group: { _id: '$customer' } },
    { $count: 'count' },
  ])
  return counted?.count ?? 0
}

/** How many customers accepted it with their list at signing and have it approved on the day. */
export async function baselineCount(engagement: string, day: Day): Promise<number> {
  return ApprovalModel.countDocuments({ engagement, kind: 'baseline', ...covering(day) })
}

/** Whether any customer has the engagement approved on the day or from a later one: then a change of it is no correction. */
export async function isApprovedFrom(engagement: string, day: Day): Promise<boolean> {
  return isAnyApproved([engagement], day)
}

export async function isAnyApproved(engagements: readonly string[], day: Day): Promise<boolean> {
  const open = { $or: [{ to: null }, { to: { $gt: day } }] }
  const found = await ApprovalModel.exists({
    engagement: { $in: engagements },
    ...open,
    $expr: { $ne: ['$to', '$from'] },
  })
  return found !== null
}

export type ApprovalCount = { customers: number; capped: boolean; from: Day }

/** Counting stops here: beyond it nobody reads the number, and 10,000 customers by 30 sub-processors would take seconds. */
const mostCounted = 1000

/**
 * For all customers together: how many have each engagement approved on the day, and the first day any of these began.
 * Those nobody has approved are absent.
 */
export async function approvalCounts(
  day: Day,
  engagements?: readonly string[],
): Promise<Map<string, ApprovalCount>> {
  const asked: readonly string[] = engagements ?? (await ApprovalModel.distinct('engagement'))
  const counts = await Promise.all(
    asked.map(async (engagement) => [engagement, await countUpTo(engagement, day)] as const),
  )
  return new Map(counts.flatMap(([engagement, count]) => (count === null ? [] : [[engagement, count]])))
}

async function countUpTo(engagement: string, day: Day): Promise<ApprovalCount | null> {
  const [counted] = await ApprovalModel.aggregate<{ found: number; customers: string[]; from: Day }>([
    { $match: { engagement, ...covering(day) } },
    { $sort: { from: 1 } },
    { $limit: mostCounted + 1 },
    {
      $group: {
        _id: null,
        found: { $sum: 1 },
        customers: { $addToSet: '$customer' },
        from: { $first: '$from' },
      },
    },
  ])
  if (!counted) return null
  const { found, customers, from } = counted
  return { customers: Math.min(customers.length, mostCounted), capped: found > mostCounted, from }
}

/** Ids of all engagements that somebody has approved on the day or from a later one. */
export async function approvedOnOrAfter(day: Day): Promise<string[]> {
  return ApprovalModel.distinct('engagement', { $or: [{ to: null }, { to: { $gt: day } }] })
}

/** Which of the engagements anybody ever approved. */
export async function everApproved(engagements: readonly string[]): Promise<string[]> {
  return ApprovalModel.distinct('engagement', { engagement: { $in: [...engagements] } })
}

/** Those of the engagements that any customer has approved on the day. */
export async function approvedAmong(engagements: readonly string[], day: Day): Promise<Set<string>> {
  const found = await Promise.all(
    engagements.map(async (engagement) =>
      (await ApprovalModel.exists({ engagement, ...covering(day) })) ? [engagement] : [],
    ),
  )
  return new Set(found.flat())
}

/** Ids of those among the customers that never had anything approved: their list from signing is not recorded yet. */
export async function customersWithoutList(customers: readonly string[]): Promise<string[]> {
  const known = new Set(await ApprovalModel.distinct('customer', { customer: { $in: customers } }))
  return customers.filter((customer) => !known.has(customer))
}

function covering(day: Day): { from: { $lte: Day }; $or: object[] } {
  return { from: { $lte: day }, $or: [{ to: null }, { to: { $gt: day } }] }
}
