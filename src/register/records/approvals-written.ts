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

/** Those of them that are not there yet. */
export async function missingApprovals(rows: readonly NewApproval[]): Promise<NewApproval[]> {
  const known = await ApprovalModel.distinct('_id', { _id: { $in: rows.map(idOf) } })
  const there = new Set<unknown>(known)
  return rows.filter((row) => !there.has(idOf(row)))
}

function idOf({ customer, engagement, from }: NewApproval): string {
  return `${customer}/${engagement}/${from}`
}

function upsertOf(
  { customer, engagement, from, to, notice, kind }: NewApproval,
  recordedOn: Day,
): AnyBulkWriteOperation<Approval> {
  const _id = `${customer}/${engagement}/${from}`
  const late = recordedOn > from ? { lateFrom: from, lateUntil: recordedOn } : {}
  const row = { customer, engagement, from, to: to ?? null, kind, notice, endedBy: null, recordedOn, ...late }
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
): Promise<void> {
  for (const { begun, coming } of openOn(engagement, customers, to)) {
    await ApprovalModel.updateMany(begun, closing({ $literal: to }, notice, recordedOn), {
      updatePipeline: true,
    })
    await ApprovalModel.updateMany(coming, closing('$from', notice, recordedOn), { updatePipeline: true })
  }
}

/** How many `closeApprovals` would close. */
export async function countOpen(
  engagement: string,
  customers: readonly string[] | undefined,
  to: Day,
): Promise<number> {
  let count = 0
  for (const { begun, coming } of openOn(engagement, customers, to))
    count += (await ApprovalModel.countDocuments(begun)) + (await ApprovalModel.countDocuments(coming))
  return count
}

function openOn(engagement: string, customers: readonly string[] | undefined, to: Day) {
  const parts: (readonly string[] | undefined)[] = customers ? [] : [undefined]
  for (let at = 0; customers && at < customers.length; at += batchSize)
    parts.push(customers.slice(at, at + batchSize))
  return parts.map((part) => {
    const those = { engagement, ...(part ? { customer: { $in: [...part] } } : {}) }
    return {
      begun: { ...those, from: { $lte: to }, $or: [{ to: null }, { to: { $gt: to } }] },
      coming: { ...those, from: { $gt: to }, $expr: { $ne: ['$to', '$from'] } },
    }
  })
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
