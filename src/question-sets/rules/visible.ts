import type { Answers, Given, Surroundings, Value } from './answer.js'
import { chosen, isAnswered, isByCountry, standing } from './given.js'
import type { Condition, EvidenceLevel, Question, QuestionSet } from './set.js'

/** What can be asked of a set and its answers as they are now; reckoned once, for many questions. */
export type View = {
  shows: (id: string) => boolean
  /** What counts of an answer: null while the question is hidden, or has none. */
  valueOf: (id: string) => Value | null
  holds: (condition: Condition) => boolean
  /** Of a question answered by country: the countries it is asked for now. */
  countriesOf: (question: Question) => string[]
}

/**
 * Reckoned afresh from all the answers each time, so that how they came about cannot matter. A condition on a hidden
 * question does not hold, whatever was once answered there: else a whole branch would stay open behind a changed answer.
 */
export function look(set: QuestionSet, answers: Answers, around: Surroundings): View {
  const questions = new Map(set.questions.map((question) => [question.id, question]))
  const shown = new Map<string, boolean>()

  const shows = (id: string): boolean => {
    const known = shown.get(id)
    if (known !== undefined) return known
    const question = questions.get(id)
    // Until it is reckoned it is hidden, so that conditions in a circle (the check refuses them) come to an end.
    shown.set(id, false)
    const result = question !== undefined && (question.showIf === null || holds(question.showIf))
    shown.set(id, result)
    return result
  }
  const valueOf = (id: string): Value | null => {
    const question = questions.get(id)
    if (question === undefined || !shows(id)) return null
    const value = standing(question, given(answers, id))
    return isByCountry(value) ? ofCountries(value.byCountry, countriesOf(question)) : value
  }
  const countriesOf = (question: Question): string[] => {
    const sources = question.showIf === null ? [] : countrySources(question.showIf)
    const all = sources.flatMap((id) => countriesIn(valueOf(id)))
    return [...new Set(all)].filter(around.isThirdCountry).sort()
  }
  const holds = (condition: Condition): boolean => {
    if ('any' in condition) return condition.any.some(holds)
    if ('all' in condition) return condition.all.every(holds)
    const question = questions.get(condition.q)
    const value = valueOf(condition.q)
    if (question === undefined || value === null) return false
    if ('gt' in condition) return typeof value === 'number' && value > condition.gt
    if ('lt' in condition) return typeof value === 'number' && value < condition.lt
    if ('hasThirdCountry' in condition) return countriesIn(value).some(around.isThirdCountry)
    const ids = chosen(question, value).map(({ id }) => id)
    if ('in' in condition) return ids.length > 0 && ids.every((id) => condition.in.includes(id))
    if ('notIn' in condition) return ids.length > 0 && !ids.some((id) => condition.notIn.includes(id))
    return ids.some((id) => condition.anyOf.includes(id))
  }
  return { shows, valueOf, holds, countriesOf }
}

/** In the order of the set. */
export function visibleQuestions(set: QuestionSet, answers: Answers, around: Surroundings): Question[] {
  const view = look(set, answers, around)
  return set.questions.filter(({ id }) => view.shows(id))
}

export function holds(
  condition: Condition,
  set: QuestionSet,
  answers: Answers,
  around: Surroundings,
): boolean {
  return look(set, answers, around).holds(condition)
}

/** Whether this answer to the question must say more in words; `given` may be newer than what `answers` has of it. */
export function needsComment(
  question: Question,
  given: Given | undefined,
  set: QuestionSet,
  answers: Answers,
  around: Surroundings,
): boolean {
  const now = given === undefined ? answers : { ...answers, [question.id]: given }
  return commentNeeded(question, look(set, now, around))
}

/** Required evidence is owed only of an answer that its condition, if it has one, fits. */
export function evidenceOwed(question: Question, view: View): EvidenceLevel {
  const { level, when } = question.evidence
  return when === null || view.holds(when) ? level : 'none'
}

/** Required questions that show and are not answered: these keep it from being sent. */
export function missing(set: QuestionSet, answers: Answers, around: Surroundings): Question[] {
  const view = look(set, answers, around)
  return set.questions.filter(
    (question) => question.required && view.shows(question.id) && !isComplete(question, answers, view),
  )
}

/** Questions that show, are answered, and must say more in words than they do. */
export function uncommented(set: QuestionSet, answers: Answers, around: Surroundings): Question[] {
  const view = look(set, answers, around)
  return set.questions.filter(
    (question) =>
      view.shows(question.id) &&
      commentNeeded(question, view) &&
      (given(answers, question.id)?.comment.trim() ?? '') === '',
  )
}

/** Questions that show, are answered, and have not the evidence that is required of that answer. */
export function unproven(set: QuestionSet, answers: Answers, around: Surroundings): Question[] {
  const view = look(set, answers, around)
  return set.questions.filter(
    (question) =>
      view.valueOf(question.id) !== null &&
      evidenceOwed(question, view) === 'required' &&
      (given(answers, question.id)?.files ?? 0) === 0,
  )
}

/** A question by country is answered when every country it is asked for is. */
export function isComplete(question: Question, answers: Answers, view: View): boolean {
  if (question.type !== 'per-country') return isAnswered(question, given(answers, question.id))
  const value = view.valueOf(question.id)
  const told = isByCountry(value) ? value.byCountry : {}
  return view.countriesOf(question).every((country) => country in told)
}

/** Only what was said of the question itself: not what every object has by birth, such as 'constructor'. */
export function given(answers: Answers, id: string): Given | undefined {
  return Object.hasOwn(answers, id) ? answers[id] : undefined
}

/** The questions whose third countries a condition asks about. */
export function countrySources(condition: Condition): string[] {
  if ('any' in condition) return condition.any.flatMap(countrySources)
  if ('all' in condition) return condition.all.flatMap(countrySources)
  return 'hasThirdCountry' in condition ? [condition.q] : []
}

function commentNeeded(question: Question, view: View): boolean {
  const value = view.valueOf(question.id)
  if (value === null) return false
  if (question.commentIf !== null && view.holds(question.commentIf)) return true
  return (
    ['single', 'multi', 'per-country'].includes(question.type) &&
    chosen(question, value).some(({ requiresComment }) => requiresComment)
  )
}

function countriesIn(value: Value | null): string[] {
  if (isByCountry(value)) return Object.keys(value.byCountry)
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one) => typeof one === 'string') : []
}

// An answer for a country that is no longer named elsewhere stays where it is, and does not count.
function ofCountries(byCountry: Readonly<Record<string, string>>, countries: readonly string[]) {
  const left = Object.entries(byCountry).filter(([country]) => countries.includes(country))
  return left.length > 0 ? { byCountry: Object.fromEntries(left) } : null
}
