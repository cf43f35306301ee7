import { earlierOf, type Day } from '../../src/base/day.js'
import { isOfPeriod } from '../../src/questionnaires/rules/period.js'
import { add, dayIn, last, within, type Book, type Numbers, type Period } from './book.js'
import { askedIn } from './log-papers.js'

/** Statements and questionnaires, and what customers instructed. */
export function recomputeMore(log: Book, period: Period, today: Day): Numbers {
  return {
    ...statements(log, period, today),
    ...questionnaires(log, period),
    ...instructions(log, period),
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

/** Sent, so far as we are concerned, though no server may have taken the mail. */
function questionnaires(log: Book, period: Period): Numbers {
  const sent = askedIn(log).filter((each) => {
    const entries = log.of('questionnaire').get(each.id) ?? []
    const out = last(entries, 'questionnaire.asked', 'questionnaire.answered-from-public')
    return out !== undefined && isOfPeriod(each, period)
  })
  const fromPublic = sent.filter(({ id }) => {
    const entries = log.of('questionnaire').get(id) ?? []
    const given = last(entries, 'questionnaire.submitted', 'questionnaire.answered-from-public')
    return given?.event === 'questionnaire.answered-from-public'
  })
  const answered = sent.filter(({ state }) => state === 'submitted' || state === 'concluded')
  return {
    'questionnaires.asked': sent.length,
    'questionnaires.answered': answered.length,
    'questionnaires.concluded': sent.filter(({ state }) => state === 'concluded').length,
    'questionnaires.from-public': fromPublic.length,
  }
}

function instructions(log: Book, period: Period): Numbers {
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
    for (const [key, day] of days) if (within(day, period)) add(found, `instructions.${key}`)
  }
  return found
}
