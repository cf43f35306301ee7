/** Where a customer stands with a notice, as it is told on its page. */
import type { Day } from '../base/day.js'
import { lastDayIn } from '../notices/mails/announcement.js'
import { awaitsApproval } from '../notices/rules/permission.js'
import { modeOf } from '../notices/rules/modes.js'
import type { Recipient } from '../notices/rules/recipient.js'
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
  | 'approval-wanted'
  | 'approval-overdue'
  | 'approved'
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
      return modeOf(recipient) === 'approval' ? 'approved' : 'permitted'
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
  if (modeOf(recipient) === 'approval') return 'approved'
  return over ? 'period-over' : 'running'
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
    case 'period-over':
    case 'permitted':
      return 'follow'
    default:
      return 'earlier'
  }
}

/** What the page offers. Each act is judged again when it is done; the page only leaves out what would be refused. */
export type Offers = { receipt: boolean; objection: boolean }

export function offersFor(recipient: Recipient, objections: readonly Objection[]): Offers {
  const ended = ['withdrawn', 'left'].includes(recipient.state)
  return {
    receipt: recipient.receipt === null && !ended,
    objection: reasonNotToTake(recipient) === null && !objections.some((objection) => !isClosed(objection)),
  }
}

/** A contact may take back what was raised for its own customer, as long as the case is open. */
export function mayWithdraw(objection: Objection): boolean {
  return !isClosed(objection)
}
