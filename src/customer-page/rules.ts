/** Where a customer stands with a notice, as it is told on its page. */
import type { Day } from '../base/day.js'
import { lastDayIn } from '../notices/mails/announcement.js'
import { answerable, type Answerable } from '../notices/rules/answers.js'
import type { Notice } from '../notices/rules/notice.js'
import { awaitsApproval } from '../notices/rules/permission.js'
import { modeOf } from '../notices/rules/modes.js'
import { everObjected, type Recipient } from '../notices/rules/recipient.js'
import { isClosed, reasonNotToTake, type Objection } from '../objections/rules.js'

export type Standing =
  | 'withdrawn'
  | 'dropped'
  | 'left'
  | 'exempted'
  | 'refused'
  | 'objecting'
  | 'objecting-in-use'
  | 'told'
  | 'in-use'
  | 'permitted'
  | 'objection-settled'
  | 'approval-wanted'
  | 'approval-overdue'
  | 'approved'
  | 'approved-partly'
  | 'consented'
  | 'instruction-wanted'
  | 'running'
  | 'period-over'

export function standingOf(recipient: Recipient, today: Day): Standing {
  switch (recipient.state) {
    case 'withdrawn':
      return recipient.endedBecause === 'change-dropped' ? 'dropped' : 'withdrawn'
    case 'left':
    case 'exempted':
    case 'refused':
      return recipient.state
    case 'in-use':
      return recipient.openObjections.length > 0 ? 'objecting-in-use' : 'in-use'
    case 'permitted':
      if (recipient.openObjections.length > 0) return 'objecting'
      if (modeOf(recipient) === 'approval') return approvedOf(recipient)
      if (consented(recipient)) return 'consented'
      // Silence is not what it rests on where an objection was settled.
      return everObjected(recipient) ? 'objection-settled' : 'permitted'
    case 'told':
      return 'told'
    case 'queued':
    case 'running':
    case 'undelivered':
      return underway(recipient, today)
  }
}

function underway(recipient: Recipient, today: Day): Standing {
  if (recipient.openObjections.length > 0) return 'objecting'
  if (modeOf(recipient) === 'information') return 'told'
  // C.6 and 8.3: without an instruction that covers the transfer the rest makes no difference.
  if (recipient.blockedBy.includes('instruction')) return 'instruction-wanted'
  const last = lastDayIn(recipient)
  const over = last !== null && last < today
  if (recipient.lines.some(awaitsApproval)) return over ? 'approval-overdue' : 'approval-wanted'
  if (modeOf(recipient) === 'approval') return approvedOf(recipient)
  if (consented(recipient)) return 'consented'
  return over ? 'period-over' : 'running'
}

/** What was refused line by line does not come; the rest goes on. */
function approvedOf({ lines }: Recipient): 'approved' | 'approved-partly' {
  return lines.some(({ answer }) => answer !== null && answer.answer !== 'approved')
    ? 'approved-partly'
    : 'approved'
}

/** It agreed to an earlier start: not the same as silence, and no approval. */
function consented({ lines }: Recipient): boolean {
  return lines.some(({ mode, answer }) => mode === 'notice' && answer?.waivesRest === true)
}

export type Group = 'act' | 'follow' | 'earlier'

/** Under which heading of the start page it stands: something to do or decide, something going on, or past. */
export function groupOf(standing: Standing): Group {
  switch (standing) {
    case 'approval-wanted':
    case 'approval-overdue':
    case 'instruction-wanted':
    case 'running':
      return 'act'
    case 'objecting':
    case 'objecting-in-use':
    case 'approved':
    case 'approved-partly':
    case 'consented':
    case 'period-over':
    case 'permitted':
    case 'objection-settled':
      return 'follow'
    default:
      return 'earlier'
  }
}

/** What the page offers. Each act is judged again when it is done; the page only leaves out what would be refused. */
export type Offers = { receipt: boolean; objection: boolean; answer: Answerable }

export function offersFor(
  recipient: Recipient,
  objections: readonly Objection[],
  notice: Pick<Notice, 'state' | 'plannedStart'>,
  today: Day,
): Offers {
  const ended = ['withdrawn', 'left'].includes(recipient.state)
  return {
    receipt: recipient.receipt === null && !ended,
    objection: reasonNotToTake(recipient) === null && !objections.some((objection) => !isClosed(objection)),
    answer:
      notice.state === 'issued'
        ? answerable(recipient, notice.plannedStart, today)
        : { approve: [], waive: [], instruct: false },
  }
}
