import type { Actor } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { bandOf, type DataCategory, type RiskBand, type SubjectCount } from '../../register/rules.js'
import { parameters, suffices, type Concept, type Model, type Parameter } from './model.js'

export type ScoreAnswers = {
  subjects: SubjectCount
  special: boolean
  other: boolean
  processing: boolean
}

/** What the register says and a score stands on. */
export type RegisterFacts = { subjectCount: SubjectCount | null; dataCategories: DataCategory[] }

export type Points = Record<Parameter, number>

export type Score = {
  on: Day
  at: Date
  by: Actor
  /** The version of the model it was reckoned with; it keeps that one. */
  model: number
  answers: ScoreAnswers
  /** Why the answer departs from what the register says, by parameter. */
  reasons: Partial<Record<Parameter, string>>
  points: Points
  total: number
  band: RiskBand
  /** As the register stood when it was confirmed. */
  facts: RegisterFacts
  /** How this engagement is supervised. */
  concept: Concept
  /** Why that is enough although the guidance suggests more. */
  weakerBecause: string | null
}

/** Why an answer is proposed, in words of the page. */
export type ProposalReason =
  | 'count-known'
  | 'count-unknown'
  | 'special-yes'
  | 'special-no'
  | 'other-yes'
  | 'other-no'
  | 'categories-unknown'
  | 'processing-before'
  | 'processing-unknown'

export type Proposal = { answers: ScoreAnswers; reasons: Record<Parameter, ProposalReason> }

/** What the register's facts answer. Special processing (D) is not in the register: it stands as it was last confirmed. */
export function proposeAnswers(
  { subjectCount, dataCategories }: RegisterFacts,
  before: Pick<Score, 'answers'> | null,
): Proposal {
  const known = dataCategories.length > 0
  const special = dataCategories.includes('special')
  const other = dataCategories.includes('confidential')
  return {
    answers: {
      subjects: subjectCount ?? 'under-1000',
      special,
      other,
      processing: before?.answers.processing ?? false,
    },
    reasons: {
      subjects: subjectCount === null ? 'count-unknown' : 'count-known',
      special: !known ? 'categories-unknown' : special ? 'special-yes' : 'special-no',
      other: !known ? 'categories-unknown' : other ? 'other-yes' : 'other-no',
      processing: before === null ? 'processing-unknown' : 'processing-before',
    },
  }
}

/** Those that depart from the proposal need a reason; with special processing nothing is proposed at first. */
export function departures(answers: ScoreAnswers, { answers: proposed, reasons }: Proposal): Parameter[] {
  return parameters.filter(
    (name) => answers[name] !== proposed[name] && reasons[name] !== 'processing-unknown',
  )
}

export function pointsOf(
  answers: ScoreAnswers,
  { values }: Model,
): { points: Points; total: number; band: RiskBand } {
  const points: Points = {
    subjects: values.subjects[answers.subjects],
    special: answers.special ? values.special : 0,
    other: answers.other ? values.other : 0,
    processing: answers.processing ? values.processing : 0,
  }
  const total = parameters.reduce((sum, name) => sum + points[name], 0)
  return { points, total, band: bandOf(total) }
}

/** What of the register has changed since the score was confirmed: then it is to be looked at again. */
export function changedSince(score: Pick<Score, 'facts'>, facts: RegisterFacts): Parameter[] {
  const had = (category: DataCategory) => score.facts.dataCategories.includes(category)
  const has = (category: DataCategory) => facts.dataCategories.includes(category)
  return [
    ...(score.facts.subjectCount === facts.subjectCount ? [] : (['subjects'] as const)),
    ...(had('special') === has('special') ? [] : (['special'] as const)),
    ...(had('confidential') === has('confidential') ? [] : (['other'] as const)),
  ]
}

export function isWeaker(concept: Concept, band: RiskBand): boolean {
  return !suffices(concept, band)
}

/**
 * The way of supervision C.8 itself asks for: a statement where one is owed (an independent third party, 5), and the
 * questionnaire, which is a written status (3).
 */
export function usualConcept(assurance: { owed: boolean } | null): Concept {
  return assurance?.owed ? 5 : 3
}

/** A vendor stands where its riskiest engagement does. */
export function highest<Each extends { total: number }>(scores: readonly Each[]): Each | null {
  return scores.reduce<Each | null>((most, each) => (most && most.total >= each.total ? most : each), null)
}
