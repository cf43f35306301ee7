import { earlierOf, type Day } from '../../src/base/day.js'
import { add, dayIn, last, within, type Book, type Numbers, type Period } from './book.js'

/** Statements and questionnaires, and what customers instructed. */
export function recomputeMore(log: Book, period: Period, today: Day): Numbers {
  return { ...statements(log, period, today), ...questionnaires(log, period), ...instructions(log, period) }
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
