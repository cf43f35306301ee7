import { model, Schema } from 'mongoose'
import { isTaken } from '../../db/unique.js'
import type { Brought } from '../rules/brought.js'

const schema = new Schema(
  {
    _id: { type: String, required: true },
    questionnaire: { type: String, required: true },
    kind: { type: String, required: true },
    name: { type: String, required: true },
    madeOn: { type: String, default: null },
    signedBy: { type: String, default: null },
    answers: { type: [Schema.Types.Mixed], default: [] },
    wrong: { type: [Schema.Types.Mixed], default: [] },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
)
// Of each kind the last one only: an earlier upload is what the new one puts right.
schema.index({ questionnaire: 1, kind: 1 }, { unique: true })
const Broughts = model<Brought>('questionnaire-brought', schema as unknown as Schema<Brought>)

export async function keepBrought(brought: Brought): Promise<void> {
  const { questionnaire, kind, _id, ...rest } = brought
  const filter = { questionnaire, kind }
  const update = { $set: rest, $setOnInsert: { _id } }
  try {
    await Broughts.updateOne(filter, update, { upsert: true })
  } catch (error) {
    // Two uploads at once: the later one is kept.
    if (!isTaken(error)) throw error
    await Broughts.updateOne(filter, update)
  }
}

export async function broughtTo(questionnaire: string): Promise<Brought[]> {
  return Broughts.find({ questionnaire }).lean<Brought[]>()
}

export async function dropBrought(questionnaire: string, kind: Brought['kind']): Promise<void> {
  await Broughts.deleteOne({ questionnaire, kind })
}
