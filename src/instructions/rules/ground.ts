/** On what an approval stands: which notice, who said so, when, by which code; or that nothing was said. */
import type { Day } from '../../base/day.js'
import type { Answer, Recipient } from '../../notices/rules.js'
import type { Approval } from '../../register/rules.js'

export type Ground = {
  kind: Approval['kind']
  /** The notice's reference; null at signing. */
  notice: string | null
  /** Until which day an objection could have come and none did. */
  silentUntil: Day | null
  by: { name: string; title: string } | null
  on: Day | null
  at: Date | null
  channel: Answer['channel']
  /** The code from the contact's mailbox that confirmed it. */
  code: string | null
  /** What staff registered it with. */
  file: string | null
}

/** `line`: which of the notice's lines brought the engagement; where that is not known any answer of the customer shows. */
export function groundOfApproval(
  { kind, notice }: Pick<Approval, 'kind' | 'notice'>,
  recipient: Pick<Recipient, 'lines' | 'lastDay'> | null,
  line: string | null,
): Ground {
  const nothing = { by: null, on: null, at: null, channel: null, code: null, file: null }
  const ground = { kind, notice, silentUntil: null, ...nothing }
  if (!recipient || notice === null) return ground
  if (kind === 'no-objection') return { ...ground, silentUntil: recipient.lastDay }
  const given = recipient.lines.filter(
    ({ answer, line: id }) => answer?.answer === 'approved' && (line === null || id === line),
  )
  const answer = given[0]?.answer
  if (!answer) return ground
  return {
    ...ground,
    by: answer.by,
    on: answer.on,
    at: answer.at,
    channel: answer.channel,
    code: answer.code ?? null,
    file: answer.file,
  }
}
