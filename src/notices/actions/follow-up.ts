import type { Context } from '../../base/context.js'
import { markFollowedUp, mailsToFollowUp, type MailRow } from '../../mail/actions.js'
import { findNoticesByIds } from '../records/notices.js'
import { findRecipients } from '../records/recipients.js'
import { clockFails, clockStarts, copyThatCounts, returnMeans } from '../rules/delivery.js'
import type { Notice } from '../rules/notice.js'
import type { Recipient } from '../rules/recipient.js'
import { decideForAll, type Decision } from './move.js'

const batch = 200

/** Takes up what became of announcements: clocks start, next contacts are tried. Returns how many recipients moved. */
export async function followUpAnnouncements(context: Context): Promise<number> {
  return followUp(context, 'notice-announcement', announced)
}

/** A correction that does not arrive leaves the customer with a day that is too early: somebody must tell it. */
export async function followUpCorrections(context: Context): Promise<number> {
  return followUp(context, 'notice-correction', (_context, recipient, { state, sample }) => {
    const failed = state !== 'accepted' && !(state === 'kept' && sample)
    if (recipient.correctionFailed === failed) return null
    return {
      change: { correctionFailed: failed },
      event: failed ? 'correction-failed' : 'correction-delivered',
    }
  })
}

type Outcome = (context: Context, recipient: Recipient, mail: MailRow, notice: Notice) => Decision

async function followUp(context: Context, kind: string, outcome: Outcome): Promise<number> {
  let moved = 0
  for (;;) {
    const mails = await mailsToFollowUp(kind, batch)
    if (mails.length === 0) return moved
    const recipients = await findRecipients([...new Set(mails.map(({ about }) => about.id))])
    const notices = new Map(
      (await findNoticesByIds([...new Set(recipients.map(({ notice }) => notice))])).map((each) => [
        each._id,
        each,
      ]),
    )
    const newest = new Map<string, MailRow[]>()
    for (const mail of mails) newest.set(mail.about.id, [...(newest.get(mail.about.id) ?? []), mail])
    // Of two mails to one recipient the word about the earlier one comes first, then the later one's.
    for (let turn = 0; turn < Math.max(...[...newest.values()].map(({ length }) => length)); turn += 1) {
      const those = recipients.filter(({ _id }) => (newest.get(_id)?.length ?? 0) > turn)
      const done = await decideForAll(context, those, (recipient) => {
        const mail = newest.get(recipient._id)?.[turn]
        const notice = notices.get(recipient.notice)
        return mail && notice ? outcome(context, recipient, mail, notice) : null
      })
      moved += done.length
    }
    await markFollowedUp(mails.map(({ _id }) => _id))
  }
}

/** What word about an announcement means for its recipient. */
export function announced(
  context: Context,
  recipient: Recipient,
  mail: MailRow,
  { rules }: Notice,
): Decision {
  const facts = { mail: mail._id }
  const first = mail.evidence[0]?.at ?? null
  const last = mail.evidence.at(-1)?.at ?? null
  const arrivedAt =
    mail.state === 'accepted' ? mail.acceptedAt : mail.state === 'kept' && mail.sample ? last : null
  // What arrives at the address of somebody who is the customer's contact no more has not reached the customer.
  const { contact } = mail.to
  if (arrivedAt && contact !== undefined && recipient.contacts.some(({ id }) => id === contact)) {
    const change = clockStarts(
      recipient,
      arrivedAt,
      { channel: 'mail', registered: false, file: null, contact },
      rules,
    )
    return change && { change, event: mail.state === 'kept' ? 'delivery-simulated' : 'delivered', facts }
  }
  // Word about another copy than the one that counts, or is being tried, changes nothing.
  if (contact !== copyThatCounts(recipient)) return null
  // Taken over first, and back since.
  if (mail.acceptedAt !== null && returnMeans(recipient, contact) !== 'stops') return null
  const because = mail.state === 'kept' || mail.state === 'bounced' ? mail.state : 'given-up'
  const change = clockFails(recipient, { because, dispatchedAt: first }, context.now, rules)
  return (
    change && {
      change,
      event: change.state === 'queued' ? 'next-contact-tried' : 'not-delivered',
      facts: { ...facts, because },
    }
  )
}
