import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Day } from '../../base/day.js'
import { nullable } from '../../db/fields.js'
import { movedFields } from '../../db/moves.js'
import { insertOnce } from '../../db/unique.js'
import { requestListing, type CustomerRequest, type RequestFollowing } from '../rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    once: { type: String, required: true },
    kind: { type: String, required: true },
    begunBy: { type: String, required: true },
    customer: { type: String, required: true },
    customerReference: { type: String, required: true },
    customerName: { type: String, required: true },
    caseNumber: nullable(String),
    askedBy: nullable(Schema.Types.Mixed),
    channel: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    receivedOn: { type: String, required: true },
    text: nullable(String),
    engagements: { type: [String], default: [] },
    subjectAskedOn: nullable(String),
    wishedOn: nullable(String),
    authority: nullable(String),
    instruction: nullable(String),
    files: { type: [String], default: [] },
    ownFiles: { type: [String], default: [] },
    state: { type: String, required: true },
    running: { type: Boolean, required: true },
    waits: { type: Boolean, default: false },
    owner: nullable(String),
    dueOn: { type: String, required: true },
    assessment: nullable(String),
    answer: nullable(Schema.Types.Mixed),
    answeredOn: nullable(String),
    reason: nullable(String),
    endedOn: nullable(String),
    confirmation: nullable(Schema.Types.Mixed),
    asks: { type: Boolean, default: false },
    remindOn: nullable(String),
    messages: { type: [Schema.Types.Mixed], default: [] },
    unfinished: nullable(String),
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    order: { type: String, required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true })
schema.index({ order: 1, _id: 1 })
schema.index({ keys: 1, order: 1, _id: 1 })
schema.index({ tokens: 1, order: 1, _id: 1 })
schema.index({ customer: 1, order: 1, _id: 1 })
schema.index({ receivedOn: 1, _id: 1 })
// Only those of whom somebody is still reminded, or of whose moves something is left to do, are in these.
schema.index({ remindOn: 1, _id: 1 }, { partialFilterExpression: { remindOn: { $type: 'string' } } })
schema.index({ unfinished: 1, _id: 1 }, { partialFilterExpression: { unfinished: { $type: 'string' } } })
schema.index({ sample: 1 })
export const Requests = model<CustomerRequest>('request', schema as unknown as Schema<CustomerRequest>)
registerMoved(Requests)

export async function insertRequest(
  request: CustomerRequest,
): Promise<{ request: CustomerRequest; again: boolean }> {
  const before = await insertOnce(Requests, { ...request, ...requestListing(request) }, () =>
    requestOnce(request.once),
  )
  return { request: before ?? request, again: before !== null }
}

export async function requestOnce(once: string): Promise<CustomerRequest | null> {
  return Requests.findOne({ once }).lean<CustomerRequest>()
}

/** What followed from a move is done; no move of its own. */
export async function noteFinished({ _id }: CustomerRequest, what: RequestFollowing): Promise<void> {
  await Requests.updateOne({ _id, unfinished: what }, { $set: { unfinished: null } })
}

export async function requestByReference(reference: string): Promise<CustomerRequest | null> {
  return Requests.findOne({ reference }).lean<CustomerRequest>()
}

export async function requestById(id: string): Promise<CustomerRequest | null> {
  return Requests.findById(id).lean<CustomerRequest>()
}

export async function unfinishedRequests(limit: number): Promise<CustomerRequest[]> {
  return Requests.find({ unfinished: { $type: 'string' } })
    .sort({ unfinished: 1, _id: 1 })
    .limit(limit)
    .lean<CustomerRequest[]>()
}

/** Those about which somebody is to be reminded by that day. */
export async function requestsToRemind(today: Day, limit: number): Promise<CustomerRequest[]> {
  return Requests.find({ remindOn: { $type: 'string', $lte: today } })
    .sort({ remindOn: 1, _id: 1 })
    .limit(limit)
    .lean<CustomerRequest[]>()
}
