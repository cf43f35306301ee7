import type { Context } from '../../base/context.js'
import type { Problem } from '../../base/form.js'
import { keyOf, readAnswer } from '../form/answer.js'
import type { Answer } from '../rules/questionnaire.js'
import { mayAnswer } from '../rules/responding.js'
import { saveAnswer } from './answer.js'
import { writerOf, type Respondent } from './respondent.js'

export type SectionSaved = {
  problems: Problem[]
  /** What others wrote in the meantime, by question: nothing was written over it. */
  conflicts: ReadonlyMap<string, Answer>
}

/** A section's form as one sent it: what fits is saved, whatever is wrong with the rest. */
export async function saveSection(
  context: Context,
  respondent: Respondent,
  section: string,
  body: unknown,
): Promise<SectionSaved> {
  const { questionnaire, set, part } = respondent
  const problems: Problem[] = []
  const conflicts = new Map<string, Answer>()
  for (const question of set.questions) {
    if (question.section !== section || !mayAnswer(questionnaire, part, question)) continue
    const typed = readAnswer(question, body)
    const choice = choiceOf(body, keyOf(question))
    if (!typed || choice === 'theirs') continue
    if (typed.problems.length > 0) {
      problems.push(...typed.problems)
      continue
    }
    const known = respondent.answers.find((answer) => answer.question === question.id)
    if (choice === 'none' && known) {
      conflicts.set(question.id, known)
      continue
    }
    const { value, comment, seen } = typed
    const result = await saveAnswer(context, questionnaire, {
      question: question.id,
      value,
      comment,
      seen: typeof choice === 'object' && choice !== null ? choice.mine : seen,
      by: writerOf(respondent),
      origin: 'typed',
    })
    if ('conflict' in result) conflicts.set(question.id, result.conflict)
  }
  return { problems, conflicts }
}

/** Where both answers stood there to choose from: which was chosen; null where there was nothing to choose. */
function choiceOf(body: unknown, key: string): { mine: number } | 'theirs' | 'none' | null {
  const fields = (body ?? {}) as Record<string, unknown>
  const over = fields[`${key}__conflict`]
  if (typeof over !== 'string' || !/^\d{1,6}$/.test(over)) return null
  const chosen = fields[`${key}__choose`]
  if (chosen === 'theirs') return 'theirs'
  return chosen === 'mine' ? { mine: Number(over) } : 'none'
}
