import { customersAt } from '../../customers/actions.js'
import { mailsCarriedBy, mailsNamed, type MailRow } from '../../mail/actions.js'
import { mailsAddressed } from '../../mail/rules/reply-address.js'
import {
  noticeByReference,
  recipientById,
  recipientsByIds,
  recipientsUnderwayOf,
  type Recipient,
} from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { objectionById } from '../../objections/actions.js'
import { replyById } from '../records.js'
import { addressesOf, mailsNamedIn, noticesIn, type Incoming, type Kind, type Match } from '../rules.js'

/** Without a recipient: a report about a mail of ours that went to staff. */
export type Matched = { match: Match; recipient: Recipient | null; mail: MailRow | null }

/**
 * Whose a mail is. A report counts only when it names a mail of ours, or comes to an address that only that mail carries: anybody can
 * write that something did not arrive. Several where a mail went out for several customers of one person; none where nobody can be told
 * for sure: staff looks at it then.
 */
export async function matchMail(
  incoming: Incoming,
  kind: Kind,
  { envelope, key }: { envelope: readonly string[]; key: string },
): Promise<Matched[]> {
  const isReport = kind !== 'message' && kind !== 'automatic'
  const addressed = mailsAddressed(addressesOf(incoming, envelope), key)
  const named = mailsNamedIn(incoming, isReport)
  const answered = await foundBy(addressed, 'signed-address', isReport)
  if (answered.length > 0) return answered
  const referred = await foundBy(named, 'message-id', isReport)
  if (referred.length > 0) return referred
  const likely = isReport ? null : await byAddress(incoming)
  return likely ? [likely] : []
}

/** Parts in notices underway of customers that have this address among their contacts: what staff is offered. */
export async function partsOfSender(address: string): Promise<Recipient[]> {
  if (address === '') return []
  const customers = await customersAt(address)
  return customers.length === 0 ? [] : recipientsUnderwayOf(customers.map(({ _id }) => _id))
}

async function foundBy(
  ids: readonly string[],
  by: 'signed-address' | 'message-id',
  isReport: boolean,
): Promise<Matched[]> {
  if (ids.length === 0) return []
  const mails = await mailsNamed(ids)
  for (const id of ids) {
    const mail = mails.find(({ _id }) => _id === id)
    if (!mail) continue
    const carried = await mailsCarriedBy(mail.key)
    const found = await Promise.all(
      (carried.length > 0 ? carried : [mail]).map((each) => about(each, by, isReport)),
    )
    if (found.some((one) => one !== null)) return found.filter((one) => one !== null)
  }
  return []
}

// What went to staff is no customer's to answer; that it did not arrive is noted all the same.
async function about(mail: MailRow, by: Match['by'], isReport: boolean): Promise<Matched | null> {
  const contact = mail.to.contact ?? null
  const recipient = contact === null ? null : await recipientOf(mail)
  return recipient || isReport ? { match: { by, mail: mail._id, contact }, recipient, mail } : null
}

async function recipientOf({ about }: MailRow): Promise<Recipient | null> {
  switch (about.kind) {
    case 'recipient':
      return recipientById(about.id)
    case 'objection': {
      const objection = await objectionById(about.id)
      return objection && recipientById(objection.recipient)
    }
    case 'reply': {
      const reply = await replyById(about.id)
      return reply?.part ? recipientById(reply.part.recipient) : null
    }
    default:
      return null
  }
}

// Anybody can write a sender's address and a reference, so it is marked; and of several customers nobody can be told for sure.
async function byAddress(incoming: Incoming): Promise<Matched | null> {
  const references = noticesIn(incoming.subject)
  if (references.length === 0 || incoming.from.address === '') return null
  const customers = await customersAt(incoming.from.address)
  if (customers.length === 0) return null
  const parts: Recipient[] = []
  for (const reference of references) {
    const notice = await noticeByReference(reference).catch(() => null)
    if (notice)
      parts.push(...(await recipientsByIds(customers.map(({ _id }) => recipientId(notice._id, _id)))))
  }
  const [recipient, ...others] = parts
  if (!recipient || others.length > 0) return null
  const contact =
    customers
      .find(({ _id }) => _id === recipient.customer)
      ?.contacts.find(({ email }) => email.toLowerCase() === incoming.from.address)?.id ?? null
  return { match: { by: 'address-only', mail: null, contact }, recipient, mail: null }
}
