import { addMonths, earlierOf, type Day } from '../../base/day.js'
import { isCertificate, sortOf } from './kinds.js'
import type { Statement, StatementFacts } from './statement.js'

/** In months. They are settings: no law names them. */
export type Terms = {
  /** From one period's end to the next one's. */
  cycle: number
  /** An auditor needs that long after a period's end; two to four is normal. */
  issue: number
  /** So much of a bridge letter counts: it is management's word, not assurance. */
  bridge: number
  /** How long a type 1 may be relied on after its date. */
  typeOne: number
}
export const usualTerms: Terms = { cycle: 12, issue: 4, bridge: 3, typeOne: 12 }

/** The last day the paper itself speaks of. */
export function coveredUntil(facts: StatementFacts): Day | null {
  if (facts.certificate) return facts.certificate.expiresOn
  return facts.period?.to ?? facts.asOf
}

/**
 * By when the next one should be here. Of a type 2: the next period's end and the auditor's months, so 16 months after this
 * one's end; not the same as covered days. Of a type 1: 12 months after its date. Of a certificate: its end.
 */
export function expectedBy(facts: StatementFacts, { cycle, issue, typeOne }: Terms = usualTerms): Day | null {
  if (facts.kind === 'bridge-letter') return null
  if (facts.certificate) return facts.certificate.expiresOn
  if (facts.period) return addMonths(facts.period.to, cycle + issue)
  return facts.asOf === null ? null : addMonths(facts.asOf, typeOne)
}

/** The last day it may be relied on, where nothing else is wrong with it: until the next one is overdue. */
export function reliedOnUntil(facts: StatementFacts, terms: Terms = usualTerms): Day | null {
  return expectedBy(facts, terms)
}

export type DeadReason = 'iso-27001-2013' | 'ssae-16' | 'sas-70' | 'privacy-shield'

/** From that day on. */
export const deadFrom: Record<DeadReason, Day> = {
  // IAF MD 26: certificates against the 2013 edition lapsed at the end of the transition.
  'iso-27001-2013': '2025-10-31',
  // SSAE 18 holds for reports dated on or after 1 May 2017.
  'ssae-16': '2017-05-01',
  // SSAE 16 and ISAE 3402 hold for periods that end on or after 15 June 2011.
  'sas-70': '2011-06-15',
  // CJEU C-311/18, Schrems II.
  'privacy-shield': '2020-07-16',
}

/** Why a paper of this kind counts for nothing (any more) on the day; null where it may count. */
export function deadReason(
  { kind, edition }: Pick<StatementFacts, 'kind' | 'edition'>,
  day: Day,
): DeadReason | null {
  const reason =
    kind === 'iso-27001' && /\b2013\b/.test(edition)
      ? 'iso-27001-2013'
      : kind === 'ssae-16' || kind === 'sas-70' || kind === 'privacy-shield'
        ? kind
        : null
  return reason !== null && day >= deadFrom[reason] ? reason : null
}

/** Surveillance visits that were due and that nobody has seen the outcome of. */
export function missedSurveillance({ certificate }: StatementFacts, day: Day): Day[] {
  return (certificate?.surveillance ?? []).flatMap(({ dueOn, doneOn }) =>
    doneOn === null && dueOn < day ? [dueOn] : [],
  )
}

/** Whether a conclusion lets it count, whatever the day is. */
export function isAccepted({
  state,
  conclusion,
  replacedBy,
}: Pick<Statement, 'state' | 'conclusion' | 'replacedBy'>): boolean {
  return (
    state === 'concluded' && replacedBy === null && conclusion !== null && conclusion.verdict !== 'rejected'
  )
}

/** Accepted, and on the day neither dead nor overdue nor not yet begun. */
export function isAcceptedCurrent(
  statement: Pick<Statement, 'state' | 'conclusion' | 'replacedBy' | 'facts'>,
  day: Day,
  terms: Terms = usualTerms,
): boolean {
  const { facts } = statement
  if (!isAccepted(statement) || facts === null || facts.kind === 'bridge-letter') return false
  if (facts.opinion === 'adverse' || facts.opinion === 'disclaimer' || deadReason(facts, day)) return false
  const until = reliedOnUntil(facts, terms)
  return until !== null && day <= until
}

export type Overdue = { statement: string; sort: string; expectedOn: Day }

/** The last of its kind whose successor should have come: one later of the same kind, in whatever state, is that successor. */
export function overdueOf(statements: readonly Statement[], day: Day, terms: Terms = usualTerms): Overdue[] {
  const last = new Map<string, { statement: Statement; until: Day }>()
  for (const statement of statements) {
    const { facts, state, conclusion } = statement
    if (facts === null || facts.kind === 'bridge-letter' || state === 'withdrawn') continue
    if (conclusion?.verdict === 'rejected' || statement.replacedBy !== null) continue
    const until = coveredUntil(facts)
    const sort = sortOf(facts)
    const known = last.get(sort)
    if (until !== null && (known === undefined || known.until < until)) last.set(sort, { statement, until })
  }
  return [...last].flatMap(([sort, { statement }]) => {
    const expectedOn = statement.facts && expectedBy(statement.facts, terms)
    return expectedOn && expectedOn < day ? [{ statement: statement._id, sort, expectedOn }] : []
  })
}

/** A type 2 is about a past period; of a certificate the whole of its life counts. */
export function spanOf(facts: StatementFacts): { from: Day; to: Day } | null {
  if (facts.certificate) {
    const from = facts.issuedOn ?? facts.certificate.expiresOn
    return { from: earlierOf(from, facts.certificate.expiresOn), to: facts.certificate.expiresOn }
  }
  return isCertificate(facts.kind) ? null : facts.period
}
