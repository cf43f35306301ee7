import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { movedFields } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { Sending } from '../rules/sending.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    audit: { type: String, required: true },
    reference: { type: String, required: true },
    to: { type: String, required: true },
    customers: { type: [String], default: [] },
    after: { type: String, default: '' },
    done: { type: Boolean, required: true },
    copies: { type: Number, default: 0 },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ audit: 1, _id: 1 })
// Only those somebody still has to go on with are in it.
schema.index({ done: 1, _id: 1 }, { partialFilterExpression: { done: false } })
schema.index({ sample: 1 })
export const Sendings = model<Sending>('declaration-sending', schema as unknown as Schema<Sending>)
registerMoved(Sendings)

/** Null where there is one of that id. */
export async function insertSending(sending: Sending): Promise<Sending | null> {
  try {
    await Sendings.create(sending)
    return sending
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

export async function openSendings(limit: number): Promise<Sending[]> {
  return Sendings.find({ done: false }).sort({ _id: 1 }).limit(limit).lean<Sending[]>()
}

export async function sendingById(id: string): Promise<Sending | null> {
  return Sendings.findById(id).lean<Sending>()
}

export async function sendingsOf(audit: string): Promise<Sending[]> {
  return Sendings.find({ audit }).sort({ _id: 1 }).limit(200).lean<Sending[]>()
}
