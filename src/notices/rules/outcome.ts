/** What ends a recipient's part in a notice, and what an objection does to it. */
import { laterOf, type Day } from '../../base/day.js'
import { stateAfter, unreadOf } from './permission.js'
import type { Change } from './delivery.js'
import type { Owed, Recipient } from './recipient.js'

/** What a settled objection means: see `releaseObjection`. */
export type Release = 'cleared' | 'exempted' | 'dropped' | 'ended'

/** Null where it is held for this objection already, or where nothing is left to hold. */
export function hold(recipient: Recipient, objection: string): Change | null {
  if (recipient.openObjections.includes(objection)) return null
  if (isOver(recipient)) return null
  return { openObjections: [...recipient.openObjections, objection] }
}

/**
 * Lets go of the hold. 'cleared': it goes on as before, permitted from `from` at the earliest. 'exempted': not for this customer.
 * 'dropped': the change is not made. 'ended': the agreement ends on `from`. Null where the hold is gone already.
 */
export function release(recipient: Recipient, objection: string, outcome: Release, from: Day): Change | null {
  if (!recipient.openObjections.includes(objection)) return null
  const openObjections = recipient.openObjections.filter((other) => other !== objection)
  // Whatever ended its part keeps its reason and its day: the customer reads why the notice was withdrawn.
  if (isOver(recipient)) return { openObjections }
  switch (outcome) {
    case 'cleared':
      return {
        openObjections,
        notBefore: recipient.notBefore === null ? from : laterOf(recipient.notBefore, from),
      }
    case 'exempted':
      return { openObjections, ...ended(recipient, 'exempted', 'objection', from) }
    case 'dropped':
      return { openObjections, ...ended(recipient, 'withdrawn', 'change-dropped', from) }
    case 'ended':
      return { openObjections, ...ended(recipient, 'left', 'agreement-ended', from) }
  }
}

/** Null where it is held for this reply already, or where nothing is left to hold. */
export function holdUnread(recipient: Recipient, reply: string): Change | null {
  if (unreadOf(recipient).includes(reply) || isOver(recipient)) return null
  return { unclassified: [...unreadOf(recipient), reply] }
}

/**
 * The reply has been read as what it is: the hold is gone. What waited for it is permitted from that day at the earliest, since
 * nothing was permitted while it lay unread. Null where the hold is gone already.
 */
export function releaseRead(recipient: Recipient, reply: string, from: Day): Change | null {
  if (!unreadOf(recipient).includes(reply)) return null
  const unclassified = unreadOf(recipient).filter((other) => other !== reply)
  if (isOver(recipient)) return { unclassified }
  const notBefore = recipient.notBefore === null ? from : laterOf(recipient.notBefore, from)
  return { unclassified, notBefore }
}

/** Nothing is changed for the customer any more, so there is nothing left to hold or to let go of. */
function isOver({ state }: Pick<Recipient, 'state'>): boolean {
  return state === 'withdrawn' || state === 'exempted' || state === 'left'
}

/** `because`: a key below `notices:ended`. Approvals that were given hold until `on`. */
export function ended(
  recipient: Recipient,
  state: 'exempted' | 'withdrawn' | 'left',
  because: string,
  on: Day,
): Change {
  const given = recipient.lines.some(({ permittedFrom }) => permittedFrom !== null)
  // What is owed to the register and to who answered stays owed, whatever ends its part.
  const still = recipient.owed.filter((each) => each === 'answer-receipt' || each === 'succession')
  const owed: Owed[] = given ? [...still, 'approval-end'] : still
  return { state, endedBecause: because, endedOn: on, owed, approvalsEndOn: given ? on : null }
}

/** Lines that are to be permitted from a day; null where one of them cannot be any more, or an objection came first. */
export function permitted(recipient: Recipient, lines: readonly string[], from: Day): Change | null {
  if (recipient.openObjections.length > 0 || unreadOf(recipient).length > 0) return null
  const after = recipient.lines.map((line) =>
    lines.includes(line.line) && line.permittedFrom === null && line.mode !== 'information'
      ? { ...line, permittedFrom: from }
      : line,
  )
  if (after.every((line, row) => line === recipient.lines[row])) return null
  return {
    lines: after,
    // Consent given before the notice arrived permits; the notice itself may still be on its way.
    state: recipient.state === 'running' ? stateAfter(after) : recipient.state,
    owed: [...new Set<Owed>([...recipient.owed, 'approval'])],
  }
}
