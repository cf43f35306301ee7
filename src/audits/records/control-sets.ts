import { model, Schema } from 'mongoose'
import { insertOnce } from '../../db/unique.js'
import type { ControlSet } from '../rules/controls.js'

/** The controls as they were when the first audit with them began: what its results mean, whatever becomes of the file. */
export type KeptControls = { _id: string; set: ControlSet }

const schema = new Schema(
  { _id: { type: String, required: true }, set: { type: Schema.Types.Mixed, required: true } },
  { versionKey: false, minimize: false },
)
const Kept = model<KeptControls>('kept-control-set', schema as unknown as Schema<KeptControls>)

/** As they are kept: the given ones, or those that were kept first under that name. */
export async function keepControls(kept: KeptControls): Promise<KeptControls> {
  return (await insertOnce(Kept, kept, () => Kept.findById(kept._id).lean<KeptControls>())) ?? kept
}

/** One a year at most. */
export async function allKeptControls(): Promise<KeptControls[]> {
  return Kept.find().sort({ _id: 1 }).limit(200).lean<KeptControls[]>()
}
