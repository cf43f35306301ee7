import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Day } from '../../base/day.js'
import { insertNew } from '../../db/insert-new.js'
import { danishSortKey, searchTokens } from '../../db/keys.js'
import { firstMove, moveOne, movedFields, type Move } from '../../db/moves.js'
import { nextPermission, unreadOf } from '../rules/permission.js'
import {
  contactTried,
  endStates,
  recipientId,
  type Owed,
  type Recipient,
  type RecipientContent,
} from '../rules/recipient.js'

const schema = new Schema<Recipient>(
  {
    ...movedFields,
    _id: { type: String, required: true },
    notice: { type: String, required: true },
    noticeReference: { type: String, required: true },
    customer: { type: String, required: true },
    customerReference: { type: String, required: true },
    customerName: { type: String, required: true },
    sortKey: { type: String, required: true },
    tokens: { type: [String], default: [] },
    caseNumber: { type: String, default: null },
    affected: { type: Boolean, required: true },
    passesOn: Boolean,
    agreement: { type: Object, required: true },
    period: { type: Object, required: true },
    contacts: { type: [Object], default: [] } as never,
    contactIndex: { type: Number, default: 0 },
    round: { type: Number, default: 1 },
    owed: { type: [String], default: [] },
    printedLastDay: { type: String, default: null },
    acceptedAt: { type: Date, default: null },
    delivery: { type: Object, default: null },
    dayZero: { type: String, default: null },
    lastDay: { type: String, default: null },
    earliestUse: { type: String, default: null },
    notBefore: { type: String, default: null },
    correctionSentAt: { type: Date, default: null },
    correctionFailed: { type: Boolean, default: false },
    reminders: { type: Number, default: 0 },
    receipt: { type: Object, default: null },
    state: { type: String, required: true },
    lines: { type: [Object], default: [] } as never,
    openObjections: { type: [String], default: [] },
    unclassified: { type: [String], default: [] },
    held: { type: Boolean, default: false },
    blockedBy: { type: [String], default: [] },
    instruction: { type: Object, default: null },
    dueOn: { type: String, default: null },
    tried: { type: String, default: null },
    approvalsEndOn: { type: String, default: null },
    undeliveredBecause: { type: String, default: null },
    endedBecause: { type: String, default: null },
    endedOn: { type: String, default: null },
    // False from each move on until the notice's entry in the list has counted it.
    listed: { type: Boolean, default: false },
    sample: { type: Boolean, default: false },
  } as never,
  { minimize: false },
)
schema.index({ notice: 1, version: 1, _id: 1 }, { partialFilterExpression: { listed: false } })
schema.index({ notice: 1, customer: 1 }, { unique: true })
schema.index({ notice: 1, sortKey: 1, _id: 1 })
schema.index({ notice: 1, state: 1, held: 1, sortKey: 1, _id: 1 })
schema.index({ notice: 1, state: 1, lastDay: 1 })
schema.index({ notice: 1, state: 1, dueOn: 1 })
schema.index({ notice: 1, state: 1, 'lines.mode': 1 })
// Few are in these: only what somebody has to deal with.
schema.index({ notice: 1, correctionFailed: 1 }, { partialFilterExpression: { correctionFailed: true } })
schema.index({ notice: 1, blockedBy: 1 }, { partialFilterExpression: { blockedBy: 'instruction' } })
schema.index(
  { notice: 1, 'instruction.on': 1 },
  { partialFilterExpression: { instruction: { $type: 'object' } } },
)
schema.index({ held: 1, state: 1, _id: 1 }, { partialFilterExpression: { held: true } })
schema.index({ blockedBy: 1, state: 1, _id: 1 }, { partialFilterExpression: { blockedBy: 'instruction' } })
schema.index({ notice: 1, tokens: 1, sortKey: 1, _id: 1 })
schema.index({ customer: 1, noticeReference: -1 })
schema.index({ owed: 1, _id: 1 })
// Who of a notice is written to at the same address.
schema.index({ notice: 1, tried: 1, owed: 1, _id: 1 })
schema.index({ dueOn: 1, held: 1, _id: 1 })
schema.index({ state: 1, _id: 1 })
schema.index({ sample: 1 })

export const Recipients = model<Recipient>('recipient', schema)
registerMoved(Recipients)

/** Those that are there already stay as they are: whoever repeats an issue that was cut short changes nothing. */
export async function insertRecipients(
  contents: RecipientContent[],
  move: Omit<Move, 'version'>,
): Promise<Recipient[]> {
  const rows = contents.map((content): Recipient => {
    return {
      ...content,
      sortKey: danishSortKey(content.customerName),
      tokens: searchTokens(content.customerName, content.customerReference, content.caseNumber),
      held: false,
      dueOn: null,
      tried: contactTried(content)?.email ?? null,
      listed: false,
      ...firstMove({
        ...move,
        facts: { ...move.facts, customer: content.customerReference, state: content.state },
      }),
    }
  })
  await insertNew(Recipients, rows)
  return rows
}

/** Null where someone else has moved the recipient since it was read. What is derived from its fields is set along. */
export function moveRecipient(
  recipient: Recipient,
  change: Partial<RecipientContent>,
  move: Omit<Move, 'version'>,
): Promise<Recipient | null> {
  const after = { ...recipient, ...change }
  const derived = {
    held: after.openObjections.length + unreadOf(after).length > 0,
    dueOn: nextPermission(after),
    tried: contactTried(after)?.email ?? null,
  }
  return moveOne(
    Recipients,
    { _id: recipient._id, version: recipient.version },
    { $set: { ...change, ...derived } },
    move,
  )
}

/** Strikes out what has been paid, unless the recipient has moved since: then it may owe the same thing anew. */
export async function noteOwedPaid(
  paid: readonly {
    recipient: Pick<Recipient, '_id' | 'version'>
    owed: Owed
    set?: Partial<RecipientContent>
  }[],
): Promise<void> {
  if (paid.length === 0) return
  await Recipients.bulkWrite(
    paid.map(({ recipient: { _id, version }, owed, set }) => ({
      updateOne: { filter: { _id, version }, update: { $pull: { owed }, ...(set ? { $set: set } : {}) } },
    })),
    { ordered: false },
  )
}

export function findRecipient(id: string): Promise<Recipient | null> {
  return Recipients.findById(id).lean<Recipient>().exec()
}

export function findRecipients(ids: readonly string[]): Promise<Recipient[]> {
  return Recipients.find({ _id: { $in: [...ids] } })
    .lean<Recipient[]>()
    .exec()
}

/** In order of their ids, from after `after`. */
export function recipientsOwed(
  owed: Owed,
  limit: number,
  { after = '', notice }: { after?: string; notice?: string },
): Promise<Recipient[]> {
  return Recipients.find({ owed, _id: { $gt: after }, ...(notice === undefined ? {} : { notice }) })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Recipient[]>()
    .exec()
}

/** Others of the notice that are owed the same and are written to at one of these addresses. */
export function recipientsOwedAt(
  notice: string,
  owed: Owed,
  tried: readonly string[],
  except: readonly string[],
): Promise<Recipient[]> {
  return Recipients.find({ notice, owed, tried: { $in: [...tried] }, _id: { $nin: [...except] } })
    .sort({ _id: 1 })
    .lean<Recipient[]>()
    .exec()
}

/**
 * Those for whom something is due to become permitted by now, and no objection is open: 'by now' and not 'today', so that days
 * of standing still only make it late. In order of their ids, from after `after`.
 */
export function recipientsPastTheirDays(today: Day, limit: number, after = ''): Promise<Recipient[]> {
  return Recipients.find({ dueOn: { $ne: null, $lte: today }, held: false, _id: { $gt: after } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Recipient[]>()
    .exec()
}

/** Those whose period is over and whom something else keeps from it: an open objection, an instruction that is missing. */
export function recipientsHeldPastTheirDays(today: Day, limit: number, after = ''): Promise<Recipient[]> {
  // The few that something keeps, each by an index of its own, instead of everyone whose notice runs.
  const past = { state: 'running', _id: { $gt: after }, earliestUse: { $ne: null, $lte: today } } as const
  return Recipients.find({
    $or: [
      { held: true, ...past },
      { blockedBy: 'instruction', ...past },
    ],
  })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Recipient[]>()
    .exec()
}

/** All of a notice that meet the condition, some at a time. They may be moved meanwhile. */
export async function* recipientBatches(
  notice: string,
  filter: Record<string, unknown> = {},
  size = 200,
): AsyncGenerator<Recipient[]> {
  // Ids begin with the notice's: a range of them is in order and holds no other notice's, whatever else is asked.
  let after = recipientId(notice, '')
  const end = recipientId(notice, '\uffff')
  for (;;) {
    const batch = await Recipients.find({ ...filter, notice, _id: { $gt: after, $lt: end } })
      .sort({ _id: 1 })
      .limit(size)
      .lean<Recipient[]>()
    const last = batch.at(-1)
    if (!last) return
    yield batch
    after = last._id
  }
}

/** Of those customers, the parts in those notices (in any, if none are named) that are at no end yet. */
export function recipientsUnderwayOf(
  customers: readonly string[],
  notices?: readonly string[],
): Promise<Recipient[]> {
  const underway = {
    state: { $nin: [...endStates] },
    ...(notices ? { notice: { $in: [...notices] } } : {}),
  }
  return Recipients.find({ customer: { $in: [...customers] }, ...underway })
    .lean<Recipient[]>()
    .exec()
}

/** Which of the customers were ever told anything by a notice. */
export async function customersEverTold(customers: readonly string[]): Promise<string[]> {
  return Recipients.distinct('customer', { customer: { $in: [...customers] } })
}
