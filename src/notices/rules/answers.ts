/** A customer's written answer to lines that need one, or a consent that gives up the rest of the period. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Change } from './delivery.js'
import { isUndecided, stateAfter } from './permission.js'
import { isEnded, type Answer, type Recipient, type RecipientLine } from './recipient.js'

export type Answering = Omit<Answer, 'file'> & { lines: string[] }

/**
 * Throws `Refused`: 'nothing-to-answer', 'answer-not-due' (silence is noted once the last day is over), 'consent-needs-waiver'
 * (under notice nothing needs approving; what can be given is consent to an earlier start).
 */
export function mayAnswer(recipient: Recipient, answering: Answering, today: Day): void {
  const lines = linesAnswered(recipient, answering)
  if (isEnded(recipient.state) || lines.length === 0) throw new Refused('nothing-to-answer')
  if (answering.answer === 'no-answer' && (recipient.lastDay === null || today <= recipient.lastDay))
    throw new Refused('answer-not-due')
  if (lines.every(({ mode }) => mode === 'notice') && !answering.waivesRest)
    throw new Refused('consent-needs-waiver')
}

export function answered(
  recipient: Recipient,
  answering: Answering,
  file: string | null,
  today: Day,
): Change {
  mayAnswer(recipient, answering, today)
  const { lines: _lines, ...given } = answering
  const answer: Answer = { ...given, file }
  const those = new Set(linesAnswered(recipient, answering).map(({ line }) => line))
  const lines = recipient.lines.map((line) => (those.has(line.line) ? { ...line, answer } : line))
  if (answering.answer === 'approved') return { lines }
  const state =
    recipient.state === 'running' ? stateAfter(lines) : allRefused(lines) ? 'refused' : recipient.state
  if (state !== 'refused') return { lines, state }
  return { lines, state, endedBecause: answering.answer, endedOn: answering.on }
}

// A refusal is of what needs approval; under notice a customer that is against it objects, which is another case.
function linesAnswered(recipient: Recipient, { lines, answer, waivesRest }: Answering): RecipientLine[] {
  return recipient.lines.filter(
    (line) =>
      isUndecided(line) &&
      (lines.length === 0 || lines.includes(line.line)) &&
      (line.mode === 'approval' || (answer === 'approved' && (waivesRest || lines.length > 0))),
  )
}

function allRefused(lines: readonly RecipientLine[]): boolean {
  return stateAfter(lines) === 'refused'
}
