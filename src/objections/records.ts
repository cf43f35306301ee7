import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import type { Day } from '../base/day.js'
import { nullable } from '../db/fields.js'
import { movedFields, moveOne, type Move } from '../db/moves.js'
import { insertOnce } from '../db/unique.js'
import { objectionListing } from './rules/lists.js'
import type { Objection, ObjectionMessage } from './rules.js'

const part = (fields: Record<string, unknown>) => new Schema(fields, { _id: false, minimize: false })

const schema = new Schema<Objection>(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    once: { type: String, required: true },
    notice: { type: String, required: true },
    noticeReference: { type: String, required: true },
    recipient: { type: String, required: true },
    customer: { type: String, required: true },
    customerReference: { type: String, required: true },
    customerName: { type: String, required: true },
    caseNumber: nullable(String),
    raisedBy: { type: part({ kind: String, id: String, name: String }), required: true },
    channel: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    receivedOn: { type: String, required: true },
    reasons: nullable(String),
    files: { type: [String], default: [] },
    timely: { type: Boolean, required: true },
    useHadBegun: { type: Boolean, required: true },
    metPermission: { type: Boolean, default: false },
    state: { type: String, required: true },
    blocking: { type: Boolean, required: true },
    owner: nullable(String),
    answerBy: { type: String, required: true },
    assessment: nullable(String),
    assessedOn: nullable(String),
    outcome: nullable(String),
    outcomeOn: nullable(String),
    outcomeNote: nullable(String),
    outcomeFiles: { type: [String], default: [] },
    confirmation: nullable(
      part({
        kind: String,
        file: String,
        message: String,
        code: String,
        contact: String,
        by: part({ name: String, title: String }),
      }),
    ),
    remedy: nullable(part({ id: String, at: Date, text: String })),
    together: { type: Boolean, default: false },
    endsOn: nullable(String),
    messages: {
      type: [
        part({
          id: String,
          at: Date,
          by: part({ kind: String, id: String, name: String }),
          direction: String,
          text: String,
        }),
      ],
      default: [],
    },
    unfinished: nullable(part({ step: String, from: String })),
    // What the list finds and sorts it by: see rules/lists.ts.
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    order: nullable(String),
    sortKey: nullable(String),
    sample: { type: Boolean, default: false },
  } as never,
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true })
schema.index({ recipient: 1, receivedAt: 1 })
schema.index({ customer: 1, receivedAt: -1 })
schema.index({ notice: 1, blocking: 1 })
schema.index({ order: 1, _id: 1 })
schema.index({ receivedAt: 1, _id: 1 })
schema.index({ receivedOn: 1, _id: 1 })
schema.index({ sortKey: 1, _id: 1 })
schema.index({ keys: 1, order: 1, _id: 1 })
schema.index({ tokens: 1, order: 1, _id: 1 })
schema.index({ noticeReference: 1 })
schema.index({ blocking: 1, answerBy: 1, _id: 1 })
// Only what a crash left, and agreements that end later, are in the index.
schema.index(
  { 'unfinished.from': 1 },
  { partialFilterExpression: { 'unfinished.from': { $type: 'string' } } },
)
schema.index({ sample: 1 })

export const Objections = model<Objection>('objection', schema)
registerMoved(Objections)

/** The objection as it is kept: the given one, or the one that the same form or page made before. */
export async function insertObjection(
  objection: Objection,
): Promise<{ objection: Objection; again: boolean }> {
  const before = await insertOnce(Objections, { ...objection, ...objectionListing(objection) }, () =>
    objectionOnce(objection.once),
  )
  return { objection: before ?? objection, again: before !== null }
}

/** Adds a message whatever else happens to the case meanwhile; the same id is added once. */
export async function addMessage(
  objection: Pick<Objection, '_id'>,
  message: ObjectionMessage,
  move: Omit<Move, 'version'>,
): Promise<Objection | null> {
  return moveOne(
    Objections,
    { _id: objection._id, 'messages.id': { $ne: message.id } },
    { $push: { messages: message } },
    move,
  )
}

/** Nothing is left to do before that day. */
export async function postponeStep(objection: Pick<Objection, '_id'>, until: Day): Promise<void> {
  await Objections.updateOne(
    { _id: objection._id, 'unfinished.step': 'settled' },
    { $set: { 'unfinished.from': until } },
  )
}

/** Bookkeeping of what a crash may leave undone; no move of its own. */
export async function finishStep(
  objection: Pick<Objection, '_id'>,
  step: 'raised' | 'settled',
  found: Partial<Pick<Objection, 'metPermission' | 'useHadBegun'>> = {},
): Promise<void> {
  await Objections.updateOne(
    { _id: objection._id, 'unfinished.step': step },
    { $set: { ...found, unfinished: null } },
  )
}

export async function objectionOnce(once: string): Promise<Objection | null> {
  return Objections.findOne({ once }).lean<Objection>()
}

export async function objectionByReference(reference: string): Promise<Objection | null> {
  return Objections.findOne({ reference }).lean<Objection>()
}

export async function objectionById(id: string): Promise<Objection | null> {
  return Objections.findById(id).lean<Objection>()
}

export async function objectionsOfRecipient(recipient: string): Promise<Objection[]> {
  return Objections.find({ recipient }).sort({ receivedAt: 1 }).lean<Objection[]>()
}

export async function objectionsOfRecipients(recipients: readonly string[]): Promise<Objection[]> {
  return Objections.find({ recipient: { $in: [...recipients] } })
    .sort({ recipient: 1, receivedAt: 1 })
    .lean<Objection[]>()
}

export async function objectionsOfCustomer(customer: string): Promise<Objection[]> {
  return Objections.find({ customer }).sort({ receivedAt: -1 }).limit(200).lean<Objection[]>()
}

/** Of the given recipients, the references of the objections that hold them. */
export async function objectionsHolding(recipients: readonly string[]): Promise<Map<string, string[]>> {
  const holding = await Objections.find({ recipient: { $in: [...recipients] }, blocking: true })
    .select({ recipient: 1, reference: 1 })
    .sort({ receivedAt: 1 })
    .lean<Pick<Objection, 'recipient' | 'reference'>[]>()
  const found = new Map<string, string[]>()
  for (const { recipient, reference } of holding)
    found.set(recipient, [...(found.get(recipient) ?? []), reference])
  return found
}

/** Those that block, the first to be answered first. */
export async function openObjections(limit: number): Promise<Objection[]> {
  return Objections.find({ blocking: true }).sort({ answerBy: 1, _id: 1 }).limit(limit).lean<Objection[]>()
}

/** What a crash left undone, or what falls due only now. */
export async function unfinishedObjections(today: Day, limit: number): Promise<Objection[]> {
  return Objections.find({ 'unfinished.from': { $type: 'string', $lte: today } })
    .sort({ 'unfinished.from': 1 })
    .limit(limit)
    .lean<Objection[]>()
}
