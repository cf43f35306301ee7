import type { Questionnaire } from '../rules/questionnaire.js'
import { Questionnaires } from './questionnaires.js'

/** What a crash left between a reviewer's step and what follows from it. */
export async function pendingReviews(limit: number): Promise<Questionnaire[]> {
  return Questionnaires.find({ 'pending.step': { $type: 'string', $gt: '' } } as object)
    .sort({ 'pending.step': 1, _id: 1 })
    .limit(limit)
    .lean<Questionnaire[]>()
}

/** Bookkeeping; no move of its own. */
export async function nothingPending({
  _id,
  version,
}: Pick<Questionnaire, '_id' | 'version'>): Promise<void> {
  await Questionnaires.updateOne({ _id, version }, { $unset: { pending: 1 } })
}
