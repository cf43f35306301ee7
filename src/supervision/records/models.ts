import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { insertNew } from '../../db/insert-new.js'
import { firstMove, movedFields, type Move, type Moved } from '../../db/moves.js'
import type { Model } from '../rules.js'

/** A version of the model as the house set it; never changed, only followed by another. */
export type ModelRecord = Omit<Model, 'by' | 'at'> & {
  _id: string
  at: Date
  by: NonNullable<Model['by']>
} & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    number: { type: Number, required: true },
    values: { type: Schema.Types.Mixed, required: true },
    because: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
)
schema.index({ number: -1 }, { unique: true })
export const SupervisionModels = model<ModelRecord>(
  'supervision-model',
  schema as unknown as Schema<ModelRecord>,
)
registerMoved(SupervisionModels)

/** The last first. */
export async function modelVersions(): Promise<ModelRecord[]> {
  return SupervisionModels.find({}, { moves: 0 }).sort({ number: -1 }).limit(200).lean<ModelRecord[]>()
}

/** Null where another made this version meanwhile: the number is unique. */
export async function insertModel(
  made: Omit<ModelRecord, keyof Moved>,
  move: Omit<Move, 'version'>,
): Promise<ModelRecord | null> {
  const whole: ModelRecord = { ...made, ...firstMove(move) }
  return (await insertNew(SupervisionModels, [whole])) === 1 ? whole : null
}
