/** What staff read in public documentation: each answer with where and when, both of them. */
import type { Day } from '../../base/day.js'
import type { Problem } from '../../base/form.js'
import type { Question } from '../../question-sets/rules/set.js'
import type { PublicAnswer } from '../actions/public.js'
import { sameSaid } from '../rules/answers.js'
import type { Answer } from '../rules/questionnaire.js'
import { keyOf, readAnswer } from './answer.js'
import { readSource } from './review.js'

const common = 'source'

/**
 * A section's form. Where an answer names no source of its own, the one above the section is meant. What was not touched is left
 * out, and so needs no source.
 */
export function readPublic(
  questions: readonly Question[],
  known: ReadonlyMap<string, Answer>,
  body: unknown,
  today: Day,
): { input: PublicAnswer[]; problems: Problem[] } {
  const problems: Problem[] = []
  const input = questions.flatMap((question): PublicAnswer[] => {
    const typed = readAnswer(question, body)
    if (!typed) return []
    problems.push(...typed.problems)
    const before = known.get(question.id)
    const { value, comment, seen } = typed
    const isUntouched = sameSaid(before ?? { value: null, comment: '' }, typed)
    if (typed.problems.length > 0 || (isUntouched && !hasOwnSource(question, body))) return []
    const read = readSource(hasOwnSource(question, body) ? question : { id: common }, body, today)
    if (read.problems) {
      problems.push(...read.problems.map((each) => ownField(question, each)))
      return []
    }
    return [{ question: question.id, value, comment, seen, source: read.input }]
  })
  return { input, problems }
}

function hasOwnSource(question: Question, body: unknown): boolean {
  const own = (body as Record<string, unknown>)[`${keyOf(question)}__url`]
  return typeof own === 'string' && own.trim() !== ''
}

/** It is lacking at the answer, wherever it was looked for. */
function ownField(question: Question, { field, ...problem }: Problem): Problem {
  return { ...problem, field: field.replace(new RegExp(`^${common}__`), `${keyOf(question)}__`) }
}
