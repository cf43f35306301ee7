import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { RequestTerms } from '../rules.js'

/** The house's own days for answering, in one record. */
export type TermsRecord = { _id: string; terms: RequestTerms } & Moved

const schema = new Schema(
  { ...movedFields, _id: { type: String, required: true }, terms: { type: Schema.Types.Mixed, default: {} } },
  { versionKey: false, minimize: false },
)
export const RequestTermsModel = model<TermsRecord>('request-terms', schema as unknown as Schema<TermsRecord>)
registerMoved(RequestTermsModel)

const id = 'request-terms'

export async function termsRecord(): Promise<TermsRecord | null> {
  return RequestTermsModel.findById(id).lean<TermsRecord>()
}

/** Null where somebody was quicker; `seen`: the version that was changed, 0 where there was none. */
export async function saveTerms(
  seen: number,
  terms: RequestTerms,
  move: Omit<Move, 'version'>,
): Promise<TermsRecord | null> {
  if (seen > 0) return moveOne(RequestTermsModel, { _id: id, version: seen }, { $set: { terms } }, move)
  const created: TermsRecord = { _id: id, terms, ...firstMove(move) }
  try {
    await RequestTermsModel.create(created)
    return created
  } catch (error) {
    if (!isTaken(error)) throw error
    return null
  }
}
