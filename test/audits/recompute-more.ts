import { earlierOf, type Day } from '../../src/base/day.js'
import { add, dayIn, last, within, type Book, type Numbers, type Period } from './book.js'

/** Statements and questionnaires, and what customers instructed. */
export function recomputeMore(log: Book, period: Period, today: Day): Numbers {
  return {
    ...statements(log, period, today),
    ...questionnaires(log, period),
    ...instructions(log, period),
    ...recomputeBreaches(log, period),
    ...recomputeRequests(log, period),
    ...recomputeDepartures(log, period),
  }
}

function statements(log: Book, { from, to }: Period, today: Day): Numbers {
  const end = earlierOf(to, today)
  const found: Numbers = {
    'statements.read': 0,
    'statements.accepted': 0,
    'statements.follow-up': 0,
    'statements.rejected': 0,
    'statements.qualified': 0,
    'statements.exceptions': 0,
  }
  const names: Record<string, string> = {
    accepted: 'accepted',
    'accepted-with-follow-up': 'follow-up',
    rejected: 'rejected',
  }
  for (const entries of log.of('statement').values()) {
    const turned = last(entries, 'statement.concluded', 'statement.reopened')
    if (turned?.event !== 'statement.concluded' || !within(dayIn(turned), { from, to: end })) continue
    const { verdict, opinion, exceptions } = turned.facts
    add(found, 'statements.read')
    add(found, `statements.${names[verdict as string]}`)
    if (opinion !== null && opinion !== 'unqualified') add(found, 'statements.qualified')
    add(found, 'statements.exceptions', exceptions as number)
  }
  return found
}

function questionnaires(log: Book, { from }: Period): Numbers {
  const year = Number(from.slice(0, 4))
  const found: Numbers = {
    'questionnaires.asked': 0,
    'questionnaires.answered': 0,
    'questionnaires.concluded': 0,
    'questionnaires.from-public': 0,
  }
  for (const entries of log.of('questionnaire').values()) {
    const about = entries.findLast(({ facts }) => typeof facts['year'] === 'number')
    const sent = last(entries, 'questionnaire.asked', 'questionnaire.answered-from-public')
    if (about?.facts['year'] !== year || !sent || last(entries, 'questionnaire.withdrawn')) continue
    add(found, 'questionnaires.asked')
    const turned = last(
      entries,
      'questionnaire.submitted',
      'questionnaire.answered-from-public',
      'questionnaire.sent-back',
      'questionnaire.concluded',
      'questionnaire.taken-up-again',
    )
    if (turned?.event === 'questionnaire.concluded') add(found, 'questionnaires.concluded')
    if (turned && turned.event !== 'questionnaire.sent-back') add(found, 'questionnaires.answered')
    const given = last(entries, 'questionnaire.submitted', 'questionnaire.answered-from-public')
    if (given?.event === 'questionnaire.answered-from-public') add(found, 'questionnaires.from-public')
  }
  return found
}

function instructions(log: Book, period: Period): Numbers {
  const year = { from: `${period.from.slice(0, 4)}-01-01`, to: `${period.from.slice(0, 4)}-12-31` }
  const found: Numbers = {
    'instructions.given': 0,
    'instructions.replaced': 0,
    'instructions.withdrawn': 0,
    'instructions.doubted': 0,
  }
  for (const entries of log.of('instruction').values()) {
    const days: [key: string, day: unknown][] = [
      ['given', last(entries, 'instruction.given')?.facts['givenOn']],
      ['replaced', last(entries, 'instruction.replaced')?.facts['endedOn']],
      ['withdrawn', last(entries, 'instruction.withdrawn')?.facts['endedOn']],
      ['doubted', last(entries, 'instruction.doubted')?.facts['on']],
    ]
    for (const [key, day] of days) if (within(day, year)) add(found, `instructions.${key}`)
  }
  return found
}

/** Breaches by the day we knew, with the minutes until each customer was told (10.2). Only where we are the processor, hours count. */
function recomputeBreaches(log: Book, { from }: Period): Numbers {
  const year = from.slice(0, 4)
  const found: Numbers = {
    'breaches.count': 0,
    'breaches.open': 0,
    'breaches.customers': 0,
    'breaches.told': 0,
    'breaches.within-24': 0,
  }
  const roles = new Map<string, { role: unknown; awareAt: number }>()
  for (const [id, entries] of log.of('breach')) {
    const entered = entries.find(({ event }) => event === 'breach.entered')
    const timed = last(entries, 'breach.entered', 'breach.times-corrected')
    if (!entered || !(timed?.facts['awareOn'] as Day | undefined)?.startsWith(year)) continue
    const times = (timed?.facts['after'] ?? timed?.facts) as { awareAt: Date | string }
    roles.set(id, { role: entered.facts['role'], awareAt: new Date(times.awareAt).getTime() })
    add(found, 'breaches.count')
    if (last(entries, 'breach.closed', 'breach.reopened')?.event !== 'breach.closed')
      add(found, 'breaches.open')
  }
  for (const [id, entries] of log.of('breach-customer')) {
    const breach = roles.get(id.split('/')[0] ?? '')
    if (!breach || last(entries, 'breach-customer.left-out')) continue
    add(found, 'breaches.customers')
    const told = entries.find(({ facts }) => facts['toldAt'])
    if (!told) continue
    add(found, 'breaches.told')
    const minutes = (new Date(told.facts['toldAt'] as string).getTime() - breach.awareAt) / 60_000
    if (breach.role === 'processor' && minutes <= 24 * 60) add(found, 'breaches.within-24')
  }
  return found
}

/** Requests by the day they came or were begun. */
function recomputeRequests(log: Book, { from }: Period): Numbers {
  const year = from.slice(0, 4)
  const names = ['received', 'begun', 'answered', 'in-time', 'late', 'declined', 'withdrawn']
  const found: Numbers = Object.fromEntries(names.map((name) => [`requests.${name}`, 0]))
  for (const entries of log.of('request').values()) {
    const first = entries.find(({ event }) => event === 'request.received' || event === 'request.begun')
    if (!(first?.facts['receivedOn'] as Day | undefined)?.startsWith(year)) continue
    add(found, first?.event === 'request.begun' ? 'requests.begun' : 'requests.received')
    const answered = last(entries, 'request.answered', 'request.told')
    if (answered) {
      add(found, 'requests.answered')
      add(found, answered.facts['late'] ? 'requests.late' : 'requests.in-time')
    }
    for (const name of ['declined', 'withdrawn'])
      if (last(entries, `request.${name}`)) add(found, `requests.${name}`)
  }
  return found
}

/** Endings by the day the service ended, confirmations by theirs (11). */
function recomputeDepartures(log: Book, { from }: Period): Numbers {
  const year = from.slice(0, 4)
  const found: Numbers = { 'departures.ended': 0, 'departures.confirmed': 0, 'departures.called-off': 0 }
  for (const entries of log.of('departure').values()) {
    const opened = entries.find(({ event }) => event === 'departure.opened')
    const off = last(entries, 'departure.called-off')
    const ended = (opened?.facts['endedOn'] as Day | undefined)?.startsWith(year)
    if (ended && !off) add(found, 'departures.ended')
    if (off && dayIn(off).startsWith(year)) add(found, 'departures.called-off')
    const final = entries.find(
      ({ event, facts }) => event === 'departure.confirmed' && facts['final'] === true,
    )
    if ((final?.facts['on'] as Day | undefined)?.startsWith(year)) add(found, 'departures.confirmed')
  }
  return found
}
