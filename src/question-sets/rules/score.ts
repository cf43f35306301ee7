import type { Bilingual } from '../../base/context.js'
import { addMonths, type Day } from '../../base/day.js'
import type { Answers, Given, Surroundings, Value } from './answer.js'
import { chosen, isByCountry, notApplicable } from './given.js'
import type { Band, Question, QuestionSet, Severity } from './set.js'
import { evidenceOwed, given as givenOf, isComplete, look, type View } from './visible.js'

/** Why a question scores what it does; a text stands under each. */
type Why =
  | 'option'
  | 'best'
  | 'worst'
  | 'filled'
  | 'empty'
  | 'age'
  | 'future'
  | 'least'
  | 'countries'
  | 'country-missing'
  | 'unanswered'
  | 'never'
  | 'optional'
  | 'not-applicable'
  | 'not-applicable-refused'
  | 'not-counted'

/** `score`: 0 to 1, null where it is left out of both sums. `cap`: the evidence that is required is missing, and it cost something. */
export type ScoreLine = {
  question: string
  weight: number
  score: number | null
  cap: 'evidence' | null
  why: Why
}

export type Score = {
  /** 0 to 100 with one decimal; null where nothing counts. The band goes by this figure, as it is shown. */
  overall: number | null
  band: string | null
  sections: { id: string; score: number | null }[]
  /** Every question that shows, in the order of the set. */
  lines: ScoreLine[]
  findings: { question: string; severity: Severity; text: Bilingual }[]
  criticalFailed: string[]
}

/** A proposal: 100 × Σ(weight × score) / Σ(weight) over the questions that show and count. The reviewer concludes. */
export function score(set: QuestionSet, answers: Answers, around: Surroundings): Score {
  const view = look(set, answers, around)
  const shown = set.questions.filter(({ id }) => view.shows(id))
  const lines = shown.map((question) => scoreLine(question, set, answers, view, around.today))
  const told = shown.map((question, at) => ({ question, line: lines[at] as ScoreLine }))
  const fails = ({ line }: (typeof told)[number]) => line.score !== null && line.score < set.criticalBelow
  const criticalFailed = told.filter((one) => one.question.critical && fails(one))
  const overall = mean(lines)
  return {
    overall,
    band: bandOf(set, overall, criticalFailed.length > 0),
    sections: set.sections.map(({ id }) => ({
      id,
      score: mean(told.filter(({ question }) => question.section === id).map(({ line }) => line)),
    })),
    lines,
    findings: told.flatMap((one) => {
      const { id, finding, critical } = one.question
      if (finding === null) return []
      const asked = finding.when === null ? fails(one) : view.holds(finding.when) || (critical && fails(one))
      return asked ? [{ question: id, severity: finding.severity, text: finding.text }] : []
    }),
    criticalFailed: criticalFailed.map(({ question }) => question.id),
  }
}

/** Null where nothing counts. A failed critical question keeps it at `criticalBand` at best. */
export function bandOf(set: QuestionSet, overall: number | null, criticalFailed: boolean): string | null {
  if (overall === null) return null
  const reached = set.bands.findIndex(({ min }) => overall >= min)
  const at = reached < 0 ? set.bands.length - 1 : reached
  const atBest = set.bands.findIndex(({ id }) => id === set.criticalBand)
  return (set.bands[criticalFailed ? Math.max(at, atBest) : at] as Band).id
}

type Scored = { score: number | null; why: Why }

function scoreLine(
  question: Question,
  set: QuestionSet,
  answers: Answers,
  view: View,
  today: Day,
): ScoreLine {
  const given = givenOf(answers, question.id)
  const { score: earned, why } = earnedBy(question, given, answers, view, today)
  const lacks = evidenceOwed(question, view) === 'required' && (given?.files ?? 0) === 0
  const capped = lacks && earned !== null && earned > set.evidenceCap
  return {
    question: question.id,
    weight: question.weight,
    score: capped ? set.evidenceCap : earned,
    cap: capped ? 'evidence' : null,
    why,
  }
}

function earnedBy(
  question: Question,
  given: Given | undefined,
  answers: Answers,
  view: View,
  today: Day,
): Scored {
  const value = view.valueOf(question.id)
  const { scoring, options } = question
  if (scoring === null && options.length === 0) return { score: null, why: 'not-counted' }
  if (value === null) return unanswered(question, isComplete(question, answers, view))
  if (scoring === null) return byOption(question, value, given)
  if ('filled' in scoring) return { score: scoring.filled, why: 'filled' }
  if ('maxAgeMonths' in scoring) return byAge(scoring, value, today)
  if ('min' in scoring) {
    const fits = scoring.min.find(([least]) => (value as number) >= least)
    return { score: fits?.[1] ?? scoring.else, why: 'least' }
  }
  if ('multi' in scoring) return byChoice(question, value, given, scoring.multi)
  // The weakest of the countries decides: one transfer without a basis is not made good by another with one.
  const told = isByCountry(value) ? value.byCountry : {}
  if (!view.countriesOf(question).every((country) => country in told))
    return { score: 0, why: 'country-missing' }
  return { ...byChoice(question, value, given, 'min'), why: 'countries' }
}

function unanswered({ scoring, required }: Question, isTold: boolean): Scored {
  if (scoring !== null && 'filled' in scoring) return { score: scoring.empty, why: 'empty' }
  if (isTold && scoring !== null && 'maxAgeMonths' in scoring) return { score: scoring.else, why: 'never' }
  return required ? { score: 0, why: 'unanswered' } : { score: null, why: 'optional' }
}

function byOption(question: Question, value: Value, given: Given | undefined): Scored {
  const [option] = chosen(question, value)
  if (option?.id === notApplicable)
    return given?.naRefused
      ? { score: 0, why: 'not-applicable-refused' }
      : { score: null, why: 'not-applicable' }
  const counted = option?.score ?? null
  return counted === null ? { score: null, why: 'not-counted' } : { score: counted, why: 'option' }
}

function byChoice(question: Question, value: Value, given: Given | undefined, take: 'max' | 'min'): Scored {
  const options = chosen(question, value)
  if (options.every(({ id }) => id === notApplicable)) return byOption(question, notApplicable, given)
  const scores = options.flatMap((option) => (option.score === null ? [] : [option.score]))
  if (scores.length === 0) return { score: null, why: 'not-counted' }
  return { score: Math[take](...scores), why: take === 'max' ? 'best' : 'worst' }
}

function byAge(
  { maxAgeMonths, else: otherwise }: Extract<Question['scoring'], { maxAgeMonths: unknown }>,
  value: Value,
  today: Day,
): Scored {
  const day = value as Day
  // Nobody has tested anything tomorrow.
  if (day > today) return { score: otherwise, why: 'future' }
  const fits = maxAgeMonths.find(([months]) => addMonths(day, months) >= today)
  return { score: fits?.[1] ?? otherwise, why: 'age' }
}

function mean(lines: readonly ScoreLine[]): number | null {
  const counted = lines.filter(({ score, weight }) => score !== null && weight > 0)
  if (counted.length === 0) return null
  const sum = counted.reduce((total, { weight, score: earned }) => total + weight * (earned ?? 0), 0)
  const weights = counted.reduce((total, { weight }) => total + weight, 0)
  return Math.round((1000 * sum) / weights) / 10
}
