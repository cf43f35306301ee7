/** What becomes of a recipient's dates when a notice arrives, or does not. */
import { laterOf } from '../../base/day.js'
import { deadlines, effectiveDeadlines, printedLastDay, type DateRules } from './deadlines.js'
import { modeOf } from './modes.js'
import { stateAfter } from './permission.js'
import { contactTried, type Delivery, type Owed, type Recipient, type RecipientContent } from './recipient.js'

export type Change = Partial<RecipientContent>

/** States in which word about the announcement still changes something. */
function isUnderway(recipient: Pick<Recipient, 'state'>): boolean {
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
 * What it means that the announcement to a contact came back after a server had taken it over. Clause 15: notices go to the contacts
 * the customer has named; clause 7.3: the customer is told, and what has not come has not told it (domain facts 9). The doubt is the
 * customer's, and a period that begins anew costs it nothing.
 *
 * - 'stops': the clock never started. Also where another of its contacts has confirmed receipt: that one has read it, but whether it
 *   came the way the agreement names is open, and the next contact is written to.
 * - 'receipt-stands': the very contact it was sent to has confirmed it by the link that only stands in that mail. It was there;
 *   what came back was sent on from its mailbox. No date moves, somebody looks.
 * - 'too-late': something is permitted or in use already. No date moves by itself; until somebody has looked, nothing more begins.
 * - 'nothing': another contact is being tried, staff delivered it otherwise, or nothing is left to do.
 */
export type ReturnMeans = 'stops' | 'receipt-stands' | 'too-late' | 'nothing'

export function returnMeans(recipient: Recipient, contact: string | undefined): ReturnMeans {
  if (recipient.delivery?.registered || contact !== copyThatCounts(recipient)) return 'nothing'
  if (recipient.state === 'permitted' || recipient.state === 'in-use' || isRestedOn(recipient))
    return 'too-late'
  if (!isUnderway(recipient)) return 'nothing'
  // A receipt from before it was sent again says nothing about this copy.
  return recipient.acceptedAt !== null && recipient.receipt?.contact === contact ? 'receipt-stands' : 'stops'
}

/** The contact whose copy started the period; while none runs, the one that is being tried. */
export function copyThatCounts(recipient: Recipient): string | undefined {
  return recipient.delivery?.contact ?? contactTried(recipient)?.id
}

// Another line may still wait for its approval. What was permitted before this period began rests on an earlier one, or on a consent.
function isRestedOn({ lines, earliestUse }: Recipient): boolean {
  return (
    earliestUse !== null &&
    lines.some(({ permittedFrom }) => permittedFrom !== null && permittedFrom >= earliestUse)
  )
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
    owed: owedAnyway(recipient),
  }
  const next = nextToTry(recipient)
  if (because !== 'kept' && next < recipient.contacts.length)
    return { ...stopped, ...announcedAnew(recipient, now, rules), contactIndex: next }
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

// Who took over from a contact whose copy came back has only been told that the notice was there.
function nextToTry(recipient: Recipient): number {
  return recipient.contactIndex + (copyThatCounts(recipient) === contactTried(recipient)?.id ? 1 : 0)
}

/** Sent again, to another contact or on another day: what it prints never moves against the reader. */
export function announcedAnew(recipient: Recipient, now: Date, rules: DateRules): Change {
  const printed = printedLastDay(now, recipient.period, rules)
  return {
    state: 'queued',
    undeliveredBecause: null,
    owed: [...owedAnyway(recipient), 'announcement'],
    printedLastDay: recipient.printedLastDay === null ? null : laterOf(recipient.printedLastDay, printed),
  }
}

// What the register and the customer are owed of what is decided already is owed whatever becomes of the notice's own mails.
export function owedAnyway({ owed }: Recipient): Owed[] {
  return owed.filter((item) => ['approval', 'approval-end', 'succession', 'answer-receipt'].includes(item))
}

export function without(owed: readonly Owed[], paid: Owed): Owed[] {
  return owed.filter((item) => item !== paid)
}
