import { addDays, type Day } from '../../base/day.js'
import type { Actor } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { failed, unanswered, type Checklist } from './checklist.js'
import type { Statement, StatementFacts, StatementRequest, Verdict } from './statement.js'
import { coveredUntil, deadReason, expectedBy, type Terms } from './validity.js'

export type Change = Partial<Omit<Statement, '_id' | 'version' | 'moves' | 'unlogged'>>

/** A file has come for what was asked for. */
export function received(
  statement: Statement,
  file: { id: string; hash: string },
  from: { kind: 'staff' | 'vendor'; name: string },
  on: Day,
): Change {
  if (statement.state !== 'requested') throw new Refused('statement-not-asked')
  return { state: 'received', file: file.id, fileHash: file.hash, receivedFrom: from, receivedOn: on }
}

/** A person has read it: from now on it says what they confirmed. Also a correction of what was read before. */
export function readAs(
  statement: Statement,
  facts: StatementFacts,
  origins: Record<string, 'read' | 'typed'>,
  terms: Terms,
): Change {
  if (statement.state !== 'received' && statement.state !== 'read') throw new Refused('statement-not-open')
  return {
    state: 'read',
    facts,
    origins,
    until: coveredUntil(facts),
    expectedOn: expectedBy(facts, terms),
  }
}

export type Review = Pick<Statement, 'checklist' | 'exceptions' | 'subservices' | 'cuecs'>

export function reviewed(statement: Statement, review: Review): Change {
  if (statement.state !== 'read') throw new Refused('statement-not-read')
  return review
}

/** What still stands in the way of a conclusion, as refusals; none: it may be concluded with that verdict. */
export function hindrances(
  { facts, checklist, exceptions, subservices }: Pick<Statement, 'facts' | keyof Review>,
  verdict: Verdict,
  today: Day,
): string[] {
  if (facts === null) return ['statement-not-read']
  const open: string[] = []
  if (unanswered(checklist, facts.kind).length > 0) open.push('statement-checklist-open')
  if (exceptions.some(({ relevance }) => relevance === null)) open.push('statement-exceptions-unjudged')
  if (verdict === 'rejected') return open
  if (facts.opinion === 'adverse' || facts.opinion === 'disclaimer') open.push('statement-opinion-forbids')
  if (deadReason(facts, today)) open.push('statement-dead')
  if (checklist.entity?.answer === 'no') open.push('statement-entity-forbids')
  if (verdict === 'accepted' && needsFollowUp({ facts, checklist, exceptions, subservices }))
    open.push('statement-needs-follow-up')
  return open
}

/** What may not simply be accepted: a point that fails, a relevant exception, a carve-out nobody followed, a qualified opinion. */
export function needsFollowUp({
  facts,
  checklist,
  exceptions,
  subservices,
}: {
  facts: StatementFacts
  checklist: Checklist
} & Pick<Review, 'exceptions' | 'subservices'>): boolean {
  return (
    failed(checklist, facts.kind).length > 0 ||
    facts.opinion === 'qualified' ||
    exceptions.some(({ relevance, state }) => relevance === 'relevant' && state === 'open') ||
    subservices.some(({ method, vendor, note }) => method === 'carve-out' && vendor === null && note === '')
  )
}

export function concluded(
  statement: Statement,
  { verdict, because }: { verdict: Verdict; because: string },
  { today, by, terms }: { today: Day; by: Actor; terms: Terms },
): Change {
  if (statement.state !== 'read') throw new Refused('statement-not-read')
  const [first] = hindrances(statement, verdict, today)
  if (first) throw new Refused(first)
  const nextOn = statement.facts && expectedBy(statement.facts, terms)
  return {
    state: 'concluded',
    conclusion: { verdict, because, on: today, by, nextOn },
    expectedOn: nextOn,
  }
}

/** Looked at anew; what was concluded stays in the log. */
export function reopened(statement: Statement): Change {
  if (statement.state !== 'concluded') throw new Refused('statement-not-concluded')
  if (statement.replacedBy !== null) throw new Refused('statement-replaced')
  return { state: 'read', conclusion: null }
}

export function withdrawn(statement: Statement): Change {
  if (statement.state === 'concluded') throw new Refused('statement-concluded')
  if (statement.state === 'withdrawn') throw new Refused('statement-withdrawn')
  return { state: 'withdrawn' }
}

export type Reminder = 'early' | 'near' | 'late' | 'escalated'

/** Days from the due day: twice before, twice after; the last one also to our own officer. */
const reminderDays: Record<Reminder, number> = { early: -14, near: -3, late: 3, escalated: 14 }

/**
 * The reminder that is due now, if any: the latest whose day has come. One that was passed over while the house stood still is not
 * made up for. None before the first mail has arrived, on the day of asking, or once stopped.
 */
export function reminderDue(
  { state, request }: Pick<Statement, 'state' | 'request'>,
  today: Day,
): Reminder | null {
  if (state !== 'requested' || request === null || request.stopped !== null || request.arrivedAt === null)
    return null
  const due = (Object.keys(reminderDays) as Reminder[]).filter((reminder) => {
    const on = addDays(request.dueOn, reminderDays[reminder])
    return on <= today && on > request.askedOn
  })
  return due.at(-1) ?? null
}

/** Asked, on its way, or not reached: nothing is called asked that no server has taken. */
export function requestState({
  arrivedAt,
  failed: because,
}: Pick<StatementRequest, 'arrivedAt' | 'failed'>): 'asked' | 'on-its-way' | 'not-reached' {
  if (arrivedAt !== null) return 'asked'
  return because === null ? 'on-its-way' : 'not-reached'
}
