import { model, Schema } from 'mongoose'
import type { Writing } from '../rules/writing.js'

const schema = new Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    today: { type: String, required: true },
    by: { type: Object, required: true },
    opens: { type: [Schema.Types.Mixed], default: [] },
    closes: { type: [Schema.Types.Mixed], default: [] },
    says: { type: [Schema.Types.Mixed], default: [] },
    only: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
)
schema.index({ at: 1 })
const Writings = model<Writing>('approval-writing', schema as unknown as Schema<Writing>)

/** In the place of an earlier attempt. */
export async function keepWriting(writing: Writing): Promise<void> {
  await Writings.replaceOne({ _id: writing._id }, writing, { upsert: true })
}

export async function dropWriting(id: string): Promise<void> {
  await Writings.deleteOne({ _id: id })
}

/** The oldest that was begun before then. */
export async function writingBegunBefore(moment: Date): Promise<Writing | null> {
  return Writings.findOne({ at: { $lt: moment } })
    .sort({ at: 1 })
    .lean<Writing>()
}
