import { linksAboutAll, linkMaker, linkPath, type Link } from '../../auth/links.js'
import type { House } from '../../auth/request.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { customersAt } from '../../customers/actions.js'
import { currentContacts, hasEnded, type Contact, type Customer } from '../../customers/rules.js'
import { confirmReceipt, noticeByReference, recipientsByIds } from '../../notices/actions.js'
import { recipientId, type Notice, type Recipient } from '../../notices/rules.js'
import { objectionsOfCustomer, raiseObjection } from '../../objections/actions.js'
import type { Objection } from '../../objections/rules.js'
import type { Visitor } from '../actions.js'

/** One of the customers the visitor answers for, and its part in the notice. */
export type Member = {
  customer: Customer
  contact: Contact
  recipient: Recipient
  objections: Objection[]
  /** Opens that customer's own page for the same person. */
  url: string
}

/**
 * The customers on the notice whose contact today has the visitor's address and was given a link of its own: one mailbox is one
 * person, and what the links were sent to. The visitor's own customer first, then by name.
 */
export async function together(
  house: Pick<House, 'keys' | 'config'>,
  visitor: Visitor,
  reference: string,
  today: Day,
): Promise<{ notice: Notice; members: Member[] }> {
  const notice = await noticeByReference(reference)
  const members = await membersOf(house, visitor, notice, today)
  if (!members.some(({ customer }) => customer._id === visitor.customer._id)) throw new NotFound()
  return { notice, members }
}

async function membersOf(
  house: Pick<House, 'keys' | 'config'>,
  { customer: own, contact: visitor }: Visitor,
  notice: Notice,
  today: Day,
): Promise<Member[]> {
  const email = visitor.email.toLowerCase()
  const there = (await customersAt(email)).filter((customer) => !hasEnded(customer, today))
  const [recipients, links] = await Promise.all([
    recipientsByIds(there.map(({ _id }) => recipientId(notice._id, _id))),
    linksAboutAll(
      'recipient',
      there.map(({ _id }) => recipientId(notice._id, _id)),
    ),
  ])
  const members = await Promise.all(
    there.map(async (customer): Promise<Member[]> => {
      const recipient = recipients.find((each) => each.customer === customer._id)
      const contact = currentContacts(customer.contacts).find((each) => each.email.toLowerCase() === email)
      const link = recipient && linkOfPerson(links, recipient, customer, email)
      if (!recipient || !contact || !link) return []
      const objections = (await objectionsOfCustomer(customer._id)).filter(
        (objection) => objection.recipient === recipient._id,
      )
      return [
        {
          customer,
          contact,
          recipient,
          objections,
          url: `${linkPath(link, linkMaker(house))}?to=notices/${notice.reference}`,
        },
      ]
    }),
  )
  const first = (member: Member) => (member.customer._id === own._id ? 0 : 1)
  return members
    .flat()
    .toSorted((a, b) => first(a) - first(b) || (a.customer.sortKey < b.customer.sortKey ? -1 : 1))
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
export async function othersOn(
  house: Pick<House, 'keys' | 'config'>,
  visitor: Visitor,
  notice: Notice,
  today: Day,
): Promise<number> {
  return Math.max(0, (await membersOf(house, visitor, notice, today)).length - 1)
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
