import { moveRecorded, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { questionnaireByReference, Questionnaires } from '../records/questionnaires.js'
import { questionnaireListing } from '../rules/lists.js'
import type { Questionnaire } from '../rules/questionnaire.js'

export async function questionnaireOf(reference: string): Promise<Questionnaire> {
  const questionnaire = await questionnaireByReference(reference)
  if (!questionnaire) throw new NotFound()
  return questionnaire
}

/** One move, with its entry in the log; null where somebody was quicker. Throws a duplicate key where it would be the second open one. */
export function tryMove(
  context: Context,
  questionnaire: Questionnaire,
  changes: Partial<Questionnaire>,
  said: Said,
): Promise<Questionnaire | null> {
  const listing = questionnaireListing({ ...questionnaire, ...changes })
  return moveRecorded(context, Questionnaires, questionnaire, { ...changes, ...listing }, said)
}

/** The same. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  questionnaire: Questionnaire,
  changes: Partial<Questionnaire>,
  said: Said,
): Promise<Questionnaire> {
  const moved = await tryMove(context, questionnaire, changes, said)
  if (!moved) throw new Refused('changed-meanwhile')
  return moved
}
