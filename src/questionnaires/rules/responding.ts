/** Who answers what, and how far they have come. */
import type { Answers, Surroundings } from '../../question-sets/rules/answer.js'
import type { Question, QuestionSet } from '../../question-sets/rules/set.js'
import { isComplete, look, missing, uncommented, unproven } from '../../question-sets/rules/visible.js'
import type { Questionnaire } from './questionnaire.js'

/** What one respondent sees: the owner all of it, a colleague the sections that were handed over. */
export type Part = { kind: 'owner' } | { kind: 'colleague'; sections: readonly string[] }

export function seesSection(part: Part, section: string): boolean {
  return part.kind === 'owner' || part.sections.includes(section)
}

/** Whether an answer to it may be changed now: sent back, only what is open. */
export function mayAnswer(
  { state, open }: Pick<Questionnaire, 'state' | 'open'>,
  part: Part,
  question: Pick<Question, 'id' | 'section'>,
): boolean {
  return (
    state === 'asked' && seesSection(part, question.section) && (open === null || open.includes(question.id))
  )
}

export type SectionProgress = {
  id: string
  /** Questions that show; the sign-off is given with the submission, and is none of them. */
  shown: number
  answered: number
  /** The sign-off stands in it. */
  signs: boolean
  /** Of those that are open in this round; all of them in the first. */
  open: number
  /** Required and not answered, or answered and not explained: they keep it from being submitted. */
  lacking: number
  /** Answered without the evidence that is required: said, and does not keep it. */
  unproven: number
}

export function progressOf(
  set: QuestionSet,
  answers: Answers,
  around: Surroundings,
  open: readonly string[] | null,
): SectionProgress[] {
  const view = look(set, answers, around)
  const lacking = new Set(lackingIn(set, answers, around).map(({ id }) => id))
  const bare = new Set(unproven(set, answers, around).map(({ id }) => id))
  return set.sections.map(({ id }) => {
    const own = set.questions.filter((question) => question.section === id && view.shows(question.id))
    const shown = own.filter(({ type }) => type !== 'signoff')
    const count = (holds: (question: Question) => boolean) => shown.filter(holds).length
    return {
      id,
      shown: shown.length,
      signs: own.length > shown.length,
      answered: count((question) => isComplete(question, answers, view)),
      open: count((question) => open === null || open.includes(question.id)),
      lacking: count((question) => lacking.has(question.id)),
      unproven: count((question) => bare.has(question.id)),
    }
  })
}

/**
 * What has to be answered or explained before it can be submitted, in the order of the set. The sign-off is given with the
 * submission itself.
 */
export function lackingIn(set: QuestionSet, answers: Answers, around: Surroundings): Question[] {
  const wanted = new Set(
    [...missing(set, answers, around), ...uncommented(set, answers, around)].map(({ id }) => id),
  )
  return set.questions.filter(({ id, type }) => wanted.has(id) && type !== 'signoff')
}

/** The same question as in the version before: what was answered there answers this one. */
export function isUnchanged(now: Question, before: Question | undefined): boolean {
  if (before === undefined || before.type !== now.type) return false
  const asked = ({ text, options, columns, unit }: Question) =>
    JSON.stringify([
      text,
      options.map(({ id, text: words }) => [id, words]),
      columns.map(({ id }) => id),
      unit,
    ])
  return asked(now) === asked(before)
}
