import { linksAboutAll, type Link } from '../../auth/links.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { customersAt } from '../../customers/actions.js'
import { currentContacts, hasEnded, type Contact, type Customer } from '../../customers/rules.js'
import { confirmReceipt, noticeByReference, recipientsByIds } from '../../notices/actions.js'
import { recipientId, type Notice, type Recipient } from '../../notices/rules.js'
import { objectionsOfRecipients, raiseObjection } from '../../objections/actions.js'
import type { Objection } from '../../objections/rules.js'
import type { Visitor } from '../actions.js'

/** One of the customers the visitor answers for, and its part in the notice. */
export type Member = {
  customer: Customer
  contact: Contact
  recipient: Recipient
  objections: Objection[]
}

/**
 * The customers on the notice whose contact today has the visitor's address and was given a link of its own: one mailbox is one
 * person, and what the links were sent to. The visitor's own customer first, then by name.
 */
export async function together(
  visitor: Visitor,
  reference: string,
  today: Day,
): Promise<{ notice: Notice; members: Member[] }> {
  const notice = await noticeByReference(reference)
  const found = await membersOf(visitor, notice, today)
  if (!found.some(({ customer }) => customer._id === visitor.customer._id)) throw new NotFound()
  const objections = await objectionsOfRecipients(found.map(({ recipient }) => recipient._id))
  const members = found.map((member) => ({
    ...member,
    objections: objections.filter(({ recipient }) => recipient === member.recipient._id),
  }))
  return { notice, members }
}

/** As `together`, without what their own pages show; the visitor's own customer need not be among them any more. */
export async function customersAnsweredFor(
  visitor: Visitor,
  reference: string,
  today: Day,
): Promise<{ notice: Notice; those: Pick<Member, 'customer' | 'contact' | 'recipient'>[] }> {
  const notice = await noticeByReference(reference)
  return { notice, those: await membersOf(visitor, notice, today) }
}

async function membersOf(
  { customer: own, contact: visitor }: Visitor,
  notice: Notice,
  today: Day,
): Promise<Pick<Member, 'customer' | 'contact' | 'recipient'>[]> {
  const email = visitor.email.toLowerCase()
  const there = (await customersAt(email)).filter((customer) => !hasEnded(customer, today))
  const ids = there.map(({ _id }) => recipientId(notice._id, _id))
  const [recipients, links] = await Promise.all([recipientsByIds(ids), linksAboutAll('recipient', ids)])
  const members = there.flatMap((customer) => {
    const recipient = recipients.find((each) => each.customer === customer._id)
    const contact = currentContacts(customer.contacts).find((each) => each.email.toLowerCase() === email)
    return recipient && contact && linkOfPerson(links, recipient, customer, email)
      ? [{ customer, contact, recipient }]
      : []
  })
  const first = (member: { customer: Customer }) => (member.customer._id === own._id ? 0 : 1)
  return members.toSorted((a, b) => first(a) - first(b) || (a.customer.sortKey < b.customer.sortKey ? -1 : 1))
}

function linkOfPerson(
  links: readonly Link[],
  recipient: Recipient,
  customer: Customer,
  email: string,
): Link | undefined {
  const ids = new Set(
    customer.contacts.filter((each) => each.email.toLowerCase() === email).map(({ id }) => id),
  )
  return links.find(({ about, contact }) => about.id === recipient._id && ids.has(contact))
}

/** How many other customers on the notice the visitor answers for. */
export async function othersOn(visitor: Visitor, notice: Notice, today: Day): Promise<number> {
  return Math.max(0, (await membersOf(visitor, notice, today)).length - 1)
}

export async function confirmTogether(context: Context, members: readonly Member[]): Promise<void> {
  for (const { recipient, contact } of members)
    if (recipient.receipt === null) await confirmReceipt(context, recipient._id, contact.id)
}

/** An objection for each, as if it had been raised on its own page. */
export async function objectTogether(
  context: Context,
  members: readonly Member[],
  reasons: string | null,
): Promise<number> {
  for (const { recipient, contact } of members)
    await raiseObjection(context, recipient._id, {
      by: { kind: 'contact', id: contact.id, name: contact.name },
      channel: 'page',
      receivedAt: context.now,
      receivedOn: context.today,
      reasons,
      files: [],
    })
  return members.length
}
