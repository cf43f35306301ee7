import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import {
  moveQuestionnaire,
  questionnaireByReference,
  Questionnaires,
  type QuestionnaireRecord,
} from '../records/questionnaires.js'
import type { Questionnaire } from '../rules/questionnaire.js'

export async function questionnaireOf(reference: string): Promise<Questionnaire> {
  const questionnaire = await questionnaireByReference(reference)
  if (!questionnaire) throw new NotFound()
  return questionnaire
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  questionnaire: Questionnaire,
  changes: Partial<Questionnaire>,
  move: { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> },
): Promise<Questionnaire> {
  const moved = await moveQuestionnaire(questionnaire, changes, {
    at: context.now,
    by: context.actor,
    ...move,
  })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Questionnaires, moved as QuestionnaireRecord)
  return moved
}
