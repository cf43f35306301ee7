/** Opening and closing approvals, any number at a time; each a repeat of which changes nothing. */
import mongoose, { type AnyBulkWriteOperation, type PipelineStage } from 'mongoose'
import type { Day } from '../../base/day.js'
import { isTaken } from '../../db/unique.js'
import type { Approval, NewApproval } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'

/** Few enough to keep one message to the database well below its limit. */
const batchSize = 2000

/**
 * Writes those that are not there yet and says how many there were. The key is customer, engagement and day, so a repeat
 * changes nothing, whoever else writes the same at the same moment; nor does it undo what was corrected since.
 */
export async function insertApprovals(rows: readonly NewApproval[], recordedOn: Day): Promise<number> {
  let written = 0
  for (let at = 0; at < rows.length; at += batchSize) {
    const batch = rows.slice(at, at + batchSize).map((row) => upsertOf(row, recordedOn))
    written += await writeBatch(batch)
  }
  return written
}

function upsertOf(
  { customer, engagement, from, notice, kind }: NewApproval,
  recordedOn: Day,
): AnyBulkWriteOperation<Approval> {
  const _id = `${customer}/${engagement}/${from}`
  const late = recordedOn > from ? { lateFrom: from, lateUntil: recordedOn } : {}
  const row = { customer, engagement, from, to: null, kind, notice, endedBy: null, recordedOn, ...late }
  return { updateOne: { filter: { _id }, update: { $setOnInsert: row }, upsert: true } }
}

async function writeBatch(batch: AnyBulkWriteOperation<Approval>[]): Promise<number> {
  try {
    return (await ApprovalModel.bulkWrite(batch, { ordered: false })).upsertedCount
  } catch (error) {
    // Two processes at the same row: the loser of an upsert is told of a duplicate, and the row is there.
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error
    const failures = [error.writeErrors].flat()
    if (failures.some((each) => !isTaken(each))) throw error
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
  { to, notice, recordedOn }: { to: Day; notice: string | null; recordedOn: Day },
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
      closing({ $literal: to }, notice, recordedOn),
      { updatePipeline: true },
    )
    const coming = await ApprovalModel.updateMany(
      { ...those, from: { $gt: to }, $expr: { $ne: ['$to', '$from'] } },
      closing('$from', notice, recordedOn),
      { updatePipeline: true },
    )
    closed += begun.modifiedCount + coming.modifiedCount
  }
  return closed
}

/** What it was known as before stays beside it. One stage, so that every `$field` is the one before the change. */
function closing(to: unknown, notice: string | null, recordedOn: Day): PipelineStage.Set[] {
  const before = {
    from: '$from',
    to: '$to',
    kind: '$kind',
    notice: '$notice',
    endedBy: '$endedBy',
    until: { $literal: recordedOn },
  }
  const late = { $gt: [recordedOn, to] }
  return [
    {
      $set: {
        to,
        endedBy: { $literal: notice },
        earlier: { $concatArrays: [{ $ifNull: ['$earlier', []] }, [before]] },
        lateFrom: { $cond: [late, { $min: ['$lateFrom', to] }, '$lateFrom'] },
        lateUntil: { $cond: [late, recordedOn, '$lateUntil'] },
      },
    },
  ]
}
