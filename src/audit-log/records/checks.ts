import { model, Schema } from 'mongoose'
import type { Break } from '../rules.js'

/** What the last check of the chain found. */
export type Check = { at: Date; sealed: number; breaks: number; first: Break | null }

const schema = new Schema<Check & { _id: string }>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    sealed: { type: Number, required: true },
    breaks: { type: Number, required: true },
    first: { type: Object, default: null },
  },
  { collection: 'log-checks', versionKey: false },
)

const Checks = model('log-check', schema)

export async function saveCheck(check: Check): Promise<void> {
  await Checks.updateOne({ _id: 'last' }, { $set: check }, { upsert: true })
}

export async function lastCheck(): Promise<Check | null> {
  return Checks.findById('last', { _id: 0 }).lean<Check>()
}
