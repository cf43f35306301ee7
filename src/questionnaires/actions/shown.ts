/** What stands beside the questions on a respondent's page, and on ours. */
import { fileById, filesAboutAll } from '../../files/actions.js'
import { questionSet } from '../../question-sets/actions.js'
import type { QuestionSet } from '../../question-sets/rules/set.js'
import { answersOf } from '../records/answers.js'
import { questionnaireById } from '../records/questionnaires.js'
import type { Answer, Questionnaire } from '../rules/questionnaire.js'

export type FileShown = { id: string; name: string; size: number; sha256: string }

/** By id; those an answer took over from last year's stand there still. */
export async function filesOf(
  questionnaire: Pick<Questionnaire, '_id' | 'previous'>,
  answers: readonly Answer[],
): Promise<ReadonlyMap<string, FileShown>> {
  const wanted = new Set(answers.flatMap(({ files }) => files))
  if (wanted.size === 0) return new Map()
  const { _id, previous } = questionnaire
  const near = await filesAboutAll('questionnaire', previous === null ? [_id] : [_id, previous])
  const known = new Map(near.map((file) => [file._id, file]))
  for (const id of wanted) {
    const file = known.has(id) ? null : await fileById(id)
    if (file) known.set(id, file)
  }
  return new Map(
    [...known.values()]
      .filter(({ _id: id }) => wanted.has(id))
      .map(({ _id: id, name, size, sha256 }) => [id, { id, name, size, sha256 }]),
  )
}

/** The questionnaire before, as it was concluded; null where there was none. */
export type Before = { questionnaire: Questionnaire; set: QuestionSet; answers: Answer[] }

export async function beforeOf({ previous }: Pick<Questionnaire, 'previous'>): Promise<Before | null> {
  const questionnaire = previous === null ? null : await questionnaireById(previous)
  if (!questionnaire) return null
  const { id, version } = questionnaire.set
  return { questionnaire, set: questionSet(id, version), answers: await answersOf(questionnaire._id) }
}
