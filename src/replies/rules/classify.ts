/** Staff says what a reply is, whose it is, or that it is nobody's. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Contact } from '../../customers/rules.js'
import { contactsToTell, currentContacts } from '../../customers/rules.js'
import { readings, type Classification, type Reading, type Reply } from './reply.js'

export type Reclassified = { change: Partial<Reply>; releases: boolean }

/**
 * Read as something, or read anew with the reason. What became an objection or an approval lives on as one: it is ended where it is,
 * not by calling the mail something else.
 * Throws `Refused`: 'reply-not-matched', 'reply-other-case', 'reply-is-objection', 'reply-is-approval', 'reply-reason-missing'.
 */
export function classify(reply: Reply, read: Classification, reason: string | null): Reclassified {
  mayBeRead(reply, read.as, reason)
  const { classification } = reply
  return {
    change: {
      state: 'classified',
      blocking: false,
      classification: read,
      earlier: classification
        ? [...reply.earlier, { ...classification, reason: reason ?? '' }]
        : reply.earlier,
      unfinished: 'classified',
    },
    releases: reply.blocking,
  }
}

/** As `classify`, before anything follows from it. */
export function mayBeRead(reply: Reply, as: Reading, reason: string | null): void {
  const { reference, part, about, classification } = reply
  if (!part && !about) throw new Refused('reply-not-matched', { reference })
  if (!readingsFor(reply).includes(as)) throw new Refused('reply-other-case', { reference })
  if (classification?.as === 'objection')
    throw new Refused('reply-is-objection', { reference, objection: classification.objection ?? '' })
  if (classification?.as === 'approval') throw new Refused('reply-is-approval', { reference })
  if (classification && !reason) throw new Refused('reply-reason-missing', { reference })
}

/** What it can be: an objection and an approval are about a notice; what is about another case is taken into that one. */
export function readingsFor({ part, about }: Pick<Reply, 'part' | 'about'>): readonly Reading[] {
  if (part) return readings.filter((each) => each !== 'case')
  if (!about) return []
  return about.takes ? ['case', 'out-of-office', 'other'] : ['other', 'out-of-office']
}

/** The customer's contact whose address the mail came from, if it may approve (Art. 38: a DPO advises and does not decide). */
export function approverOf(
  reply: Pick<Reply, 'from'>,
  contacts: readonly Contact[],
  on: Day,
): Contact | null {
  const sender = reply.from.address.toLowerCase()
  return (
    currentContacts(contacts).find(
      ({ email, mayApprove, from }) => mayApprove && from <= on && email.toLowerCase() === sender,
    ) ?? null
  )
}

/** Whom an answer is written to: the sender if it is a contact of the customer, else those who are told of changes. Never an address that only the mail itself names. */
export function answeredTo(reply: Pick<Reply, 'from'>, contacts: readonly Contact[], on: Day): Contact[] {
  const sender = reply.from.address.toLowerCase()
  const known = currentContacts(contacts).filter(({ email }) => email.toLowerCase() === sender)
  return known.length > 0 ? known : contactsToTell(contacts, on)
}
