import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { firstMove, movedFields, type Move, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { Share } from '../rules/questionnaire.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    questionnaire: { type: String, required: true },
    name: { type: String, required: true },
    email: { type: String, required: true },
    locale: { type: String, required: true },
    sections: { type: [String], required: true },
    endedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
)
// One colleague has one link to a questionnaire; handed over again after it was taken back, the same one opens anew.
schema.index({ questionnaire: 1, email: 1 }, { unique: true })
export const Shares = model<Share>('questionnaire-share', schema as unknown as Schema<Share>)
registerMoved(Shares)

/** Null where this colleague has one already. */
export async function insertShare(
  share: Omit<Share, keyof Moved>,
  move: Omit<Move, 'version'>,
): Promise<Share | null> {
  const record = { ...share, ...firstMove(move) }
  try {
    await Shares.create(record)
    return record
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

export async function shareById(id: string): Promise<Share | null> {
  return Shares.findById(id).lean<Share>()
}

/** Those taken back as well. */
export async function sharesOf(questionnaire: string): Promise<Share[]> {
  return Shares.find({ questionnaire }).lean<Share[]>()
}

export async function shareWith(questionnaire: string, email: string): Promise<Share | null> {
  return Shares.findOne({ questionnaire, email }).lean<Share>()
}
