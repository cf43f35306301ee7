/** What becomes of a recipient's dates when a notice arrives, or does not. */
import { laterOf } from '../../base/day.js'
import { deadlines, effectiveDeadlines, printedLastDay, type DateRules } from './deadlines.js'
import { modeOf } from './modes.js'
import { stateAfter } from './permission.js'
import type { Delivery, Owed, Recipient, RecipientContent } from './recipient.js'

export type Change = Partial<RecipientContent>

/** States in which word about the announcement still changes something. */
export function isUnderway(recipient: Pick<Recipient, 'state'>): boolean {
  return ['queued', 'undelivered', 'running', 'told'].includes(recipient.state)
}

/**
 * The notice has come: the period runs from then. Null if it runs already: a second copy changes nothing.
 *
 * The effective last day is the later of the printed and the reckoned one; where the reckoned one is later, a correction is owed.
 */
export function clockStarts(
  recipient: Recipient,
  acceptedAt: Date,
  delivery: Delivery,
  rules: DateRules,
): Change | null {
  if (recipient.state !== 'queued' && recipient.state !== 'undelivered') return null
  const arrived: Change = {
    acceptedAt,
    delivery,
    undeliveredBecause: null,
    owed: without(recipient.owed, 'announcement'),
    state: stateAfter(recipient.lines),
  }
  if (modeOf(recipient) === 'information') return arrived
  const reckoned = deadlines(acceptedAt, recipient.period, rules)
  const { lastDay, earliestUse, correctionNeeded } = effectiveDeadlines(
    recipient.printedLastDay ?? reckoned.lastDay,
    reckoned,
  )
  return {
    ...arrived,
    dayZero: reckoned.dayZero,
    lastDay,
    earliestUse,
    owed: correctionNeeded
      ? [...without(arrived.owed ?? [], 'correction'), 'correction']
      : (arrived.owed ?? []),
  }
}

/**
 * The notice has not come (refused, bounced, given up): the clock never started. The next contact is tried; after the last one the
 * recipient waits as undelivered. Null if that changes nothing.
 *
 * Where the agreement counts dispatch to the last registered contact, a refusal by that contact's server (`dispatchedAt`) counts
 * as dispatched; the customer is still looked for.
 */
export function clockFails(
  recipient: Recipient,
  { because, dispatchedAt }: { because: 'bounced' | 'given-up' | 'kept'; dispatchedAt: Date | null },
  now: Date,
  rules: DateRules,
): Change | null {
  if (!isUnderway(recipient) || recipient.delivery?.registered) return null
  const stopped: Change = {
    acceptedAt: null,
    delivery: null,
    dayZero: null,
    lastDay: null,
    earliestUse: null,
    owed: [],
  }
  if (because !== 'kept' && recipient.contactIndex + 1 < recipient.contacts.length)
    return { ...stopped, ...announcedAnew(recipient, now, rules), contactIndex: recipient.contactIndex + 1 }
  if (because === 'bounced' && dispatchedAt && recipient.agreement.counts === 'dispatch') {
    const started = clockStarts(
      recipient,
      dispatchedAt,
      { channel: 'mail', registered: false, file: null },
      rules,
    )
    return started && { ...started, undeliveredBecause: because }
  }
  return recipient.state === 'undelivered' && recipient.undeliveredBecause === because
    ? null
    : { ...stopped, state: 'undelivered', undeliveredBecause: because }
}

/** Sent again, to another contact or on another day: what it prints never moves against the reader. */
export function announcedAnew(recipient: Recipient, now: Date, rules: DateRules): Change {
  const printed = printedLastDay(now, recipient.period, rules)
  return {
    state: 'queued',
    undeliveredBecause: null,
    owed: ['announcement'],
    printedLastDay: recipient.printedLastDay === null ? null : laterOf(recipient.printedLastDay, printed),
  }
}

export function without(owed: readonly Owed[], paid: Owed): Owed[] {
  return owed.filter((item) => item !== paid)
}
