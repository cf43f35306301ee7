import { remarksOf } from '../records/remarks.js'
import type { Questionnaire } from '../rules/questionnaire.js'

/**
 * The reviewer's words for the respondent, by question: nothing of what is meant for ourselves, and nothing before it was
 * sent back.
 */
export async function remarksTo({
  _id,
  state,
  round,
}: Pick<Questionnaire, '_id' | 'state' | 'round'>): Promise<ReadonlyMap<string, string>> {
  if (state !== 'asked' || round === 1) return new Map()
  return new Map(
    (await remarksOf(_id))
      .filter(({ verdict, external }) => verdict !== 'accepted' && external !== '')
      .map(({ question, external }) => [question, external]),
  )
}
