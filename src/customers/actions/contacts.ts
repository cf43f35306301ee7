import { renewLinks, revokeLinks } from '../../auth/links.js'
import { organisation } from '../../auth/organisation.js'
import { enqueue } from '../../mail/actions.js'
import { currentWording } from '../../mail/wording.js'
import { linkRenewedMail } from '../mails.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import type { ContactInput } from '../form.js'
import {
  contactAt,
  withContact,
  withContactChanged,
  withContactEnded,
  withContactSooner,
  type Contact,
  type ContactContent,
  type Customer,
} from '../rules.js'
import { changedFields } from '../rules/changes.js'
import { customerAsSeen, customerByReference, moveTo, type Which } from './move.js'

export async function addContact(
  context: Context,
  which: Which,
  { contact, from }: ContactInput,
): Promise<Customer> {
  const customer = await customerAsSeen(which)
  refuseSecondAt(customer, contact.email)
  const id = newId()
  return moveTo(
    context,
    customer,
    { contacts: withContact(customer.contacts, contact, id, from) },
    {
      event: 'customer.contact-added',
      facts: { contact: id, from, ...rolesOf(contact) },
      personal: namesOf(contact),
    },
  )
}

/** Closes the contact and opens another in its place: what was sent to the earlier one stays readable. */
export async function changeContact(
  context: Context,
  which: Which,
  id: string,
  { contact, from }: ContactInput,
): Promise<Customer> {
  const customer = await customerAsSeen(which)
  const earlier = currentContact(customer, id)
  refuseSecondAt(customer, contact.email, id)
  const changes = changedFields(contentOf(earlier), { ...contact })
  if (!changes) return customer
  const contacts = withContactChanged(customer.contacts, id, contact, newId(), from)
  const moved = await moveTo(
    context,
    customer,
    { contacts },
    {
      event: 'customer.contact-changed',
      facts: { contact: id, from, before: rolesOf(earlier), after: rolesOf(contact) },
      personal: changes,
    },
  )
  // One address is one person: at another address it is another, and the links the earlier one holds are not theirs.
  if (contact.email !== earlier.email) await revokeLinks(context, { customer: customer._id, contact: id })
  return moved
}

/** Its links stop working: one who has left does not act for the customer. */
export async function endContact(context: Context, which: Which, id: string, on: Day): Promise<Customer> {
  const customer = await customerAsSeen(which)
  const contact = currentContact(customer, id)
  const moved = await moveTo(
    context,
    customer,
    { contacts: withContactEnded(customer.contacts, id, on) },
    { event: 'customer.contact-ended', facts: { contact: id, on }, personal: namesOf(contact) },
  )
  await revokeLinks(context, { customer: customer._id, contact: id })
  return moved
}

/**
 * Closes the contact's links and sends a new one, as when a mail was forwarded to a stranger. One address is one person, whatever
 * else of the contact has been changed since. Throws `Refused`: 'contact-without-links', 'organisation-missing'.
 */
export async function renewContactLinks(context: Context, reference: string, id: string): Promise<Customer> {
  const customer = await customerByReference(reference)
  const contact = currentContact(customer, id)
  const house = await organisation()
  if (!house) throw new Refused('organisation-missing')
  const same = customer.contacts.filter(({ email }) => email === contact.email)
  const renewed = await Promise.all(
    same.map((each) => renewLinks(context, { customer: customer._id, contact: each.id })),
  )
  const [newest] = renewed.flat().toSorted((a, b) => (a.expiresOn > b.expiresOn ? -1 : 1))
  if (!newest) throw new Refused('contact-without-links')
  await enqueue(context, [linkRenewedMail(customer, contact, newest, house, await currentWording())])
  return customer
}

/** Moves the contact one place up in the order in which contacts are tried. */
export async function moveContactUp(context: Context, which: Which, id: string): Promise<Customer> {
  const customer = await customerAsSeen(which)
  currentContact(customer, id)
  return moveTo(
    context,
    customer,
    { contacts: withContactSooner(customer.contacts, id) },
    { event: 'customer.contacts-reordered', facts: { contact: id } },
  )
}

export function currentContact(customer: Customer, id: string): Contact {
  const contact = customer.contacts.find((each) => each.id === id && each.to === null)
  if (!contact) throw new NotFound()
  return contact
}

function refuseSecondAt(customer: Customer, email: string, except?: string): void {
  if (contactAt(customer.contacts, email, except)) throw new Refused('contact-already-there', { email })
}

function contentOf({ id: _id, order: _order, from: _from, to: _to, ...content }: Contact): ContactContent {
  return content
}

function rolesOf({ locale, dataProtection, mayApprove }: ContactContent) {
  return { locale, dataProtection, mayApprove }
}

function namesOf({ name, title, email, phone }: ContactContent) {
  return { name, title: title ?? null, email, phone: phone ?? null }
}
