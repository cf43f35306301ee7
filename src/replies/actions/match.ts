import { staffMembers } from '../../auth/actions/people.js'
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
import {
  addressesOf,
  casesIn,
  mailsNamedIn,
  noticesIn,
  type CaseBook,
  type Incoming,
  type Kind,
  type Match,
  type ReplyCase,
} from '../rules.js'

/** Its part in a notice, or another case; neither: a report about a mail of ours that went to staff. */
export type Matched = {
  match: Match
  recipient: Recipient | null
  about: ReplyCase | null
  mail: MailRow | null
}

/**
 * Whose a mail is. A report counts only when it names a mail of ours, or comes to an address that only that mail carries: anybody can
 * write that something did not arrive. Several where a mail went out for several customers of one person; none where nobody can be told
 * for sure: staff looks at it then.
 */
export async function matchMail(
  incoming: Incoming,
  kind: Kind,
  { envelope, key, cases }: { envelope: readonly string[]; key: string; cases: CaseBook },
): Promise<Matched[]> {
  const isReport = kind !== 'message' && kind !== 'automatic'
  const addressed = mailsAddressed(addressesOf(incoming, envelope), key)
  const named = mailsNamedIn(incoming, isReport)
  const answered = await foundBy(addressed, 'signed-address', isReport, cases)
  if (answered.length > 0) return answered
  const referred = await foundBy(named, 'message-id', isReport, cases)
  if (referred.length > 0) return referred
  const likely = isReport ? null : await byAddress(incoming, cases)
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
  cases: CaseBook,
): Promise<Matched[]> {
  if (ids.length === 0) return []
  const mails = await mailsNamed(ids)
  for (const id of ids) {
    const mail = mails.find(({ _id }) => _id === id)
    if (!mail) continue
    const carried = await mailsCarriedBy(mail.key)
    const found = await Promise.all(
      (carried.length > 0 ? carried : [mail]).map((each) => about(each, by, isReport, cases)),
    )
    if (found.some((one) => one !== null)) return found.filter((one) => one !== null)
  }
  return []
}

// What went to staff is no customer's to answer; that it did not arrive is noted all the same.
async function about(
  mail: MailRow,
  by: Match['by'],
  isReport: boolean,
  cases: CaseBook,
): Promise<Matched | null> {
  const contact = mail.to.contact ?? null
  const recipient = contact === null ? null : await recipientOf(mail)
  const other = recipient || (await wentToStaff(mail)) ? null : await cases.ofMail(mail)
  return recipient || other || isReport
    ? { match: { by, mail: mail._id, contact }, recipient, about: other, mail }
    : null
}

/** Sub-processors are written to without a contact of a customer. */
async function wentToStaff({ to }: MailRow): Promise<boolean> {
  if (to.contact) return false
  const address = to.address.toLowerCase()
  return (await staffMembers()).some(({ email }) => email.toLowerCase() === address)
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
async function byAddress(incoming: Incoming, cases: CaseBook): Promise<Matched | null> {
  const references = noticesIn(incoming.subject)
  const others = casesIn(incoming.subject)
  if (references.length + others.length === 0 || incoming.from.address === '') return null
  const customers = await customersAt(incoming.from.address)
  if (customers.length === 0) return null
  const contactOf = (customer: string | null) =>
    customers
      .find(({ _id }) => _id === customer)
      ?.contacts.find(({ email }) => email.toLowerCase() === incoming.from.address)?.id ?? null
  // A notice first: a reply to one may be an objection.
  const recipient = await onlyPart(references, customers)
  if (recipient)
    return {
      match: { by: 'address-only', mail: null, contact: contactOf(recipient.customer) },
      recipient,
      about: null,
      mail: null,
    }
  if (references.length > 0) return null
  const [found, ...more] = (
    await Promise.all(
      others.map((each) =>
        cases.ofReference(
          each,
          customers.map(({ _id }) => _id),
        ),
      ),
    )
  ).filter((each) => each !== null)
  if (!found || more.length > 0) return null
  const contact = contactOf(found.customer)
  return { match: { by: 'address-only', mail: null, contact }, recipient: null, about: found, mail: null }
}

async function onlyPart(
  references: readonly string[],
  customers: readonly { _id: string }[],
): Promise<Recipient | null> {
  const [recipient, ...others] = await partsNamed(references, customers)
  return recipient && others.length === 0 ? recipient : null
}

async function partsNamed(
  references: readonly string[],
  customers: readonly { _id: string }[],
): Promise<Recipient[]> {
  const parts: Recipient[] = []
  for (const reference of references) {
    const notice = await noticeByReference(reference).catch(() => null)
    if (notice)
      parts.push(...(await recipientsByIds(customers.map(({ _id }) => recipientId(notice._id, _id)))))
  }
  return parts
}

/**
 * Whom somebody's words may concern that could not be told to be anybody's: the sender's customers' parts in the notices it names, or in
 * all that are underway. It may be an objection (clause 7.3), so all of them are held until staff says whose it is. Anybody can write a
 * sender's address: what that can do is to hold something up until the mail is read.
 */
export async function whomItMayConcern(incoming: Incoming, kind: Kind): Promise<Recipient[]> {
  if (kind !== 'message' || incoming.from.address === '') return []
  const customers = await customersAt(incoming.from.address)
  const named = await partsNamed(noticesIn(incoming.subject), customers)
  return named.length > 0 ? named : partsOfSender(incoming.from.address)
}
