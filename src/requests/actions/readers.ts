import { staffMembers } from '../../auth/actions/people.js'
import { ensureLink } from '../../auth/links.js'
import { allows } from '../../auth/permissions.js'
import type { Person } from '../../auth/request.js'
import type { Context } from '../../base/context.js'
import { addDays, laterOf } from '../../base/day.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsOn, contactsToTell, type Contact } from '../../customers/rules.js'
import { enqueue } from '../../mail/actions.js'
import type { Message } from '../../mail/rules.js'
import { currentWording } from '../../mail/wording.js'
import { senderNow } from '../../notices/actions.js'
import type { CustomerLetter, StaffLetter } from '../mails.js'
import type { CustomerRequest } from '../rules.js'

/** The link works until a good while after the day it is due: answers are looked up again at the customer's own audit. */
const linkDays = 365

/** Whom at the customer to write to: its data protection contacts, and whoever asked, where that person is still its contact. */
async function customerReaders(
  context: Context,
  request: CustomerRequest,
): Promise<{ contact: Contact; link: string }[]> {
  const [customer] = await customersByIds([request.customer])
  if (!customer) return []
  const asker = contactsOn(customer.contacts, context.today).filter(
    ({ id }) => id === request.askedBy?.contact,
  )
  const contacts = new Map(
    [...contactsToTell(customer.contacts, context.today), ...asker].map((contact) => [contact.id, contact]),
  )
  const readers: { contact: Contact; link: string }[] = []
  for (const contact of contacts.values()) {
    const link = await ensureLink(context, {
      kind: 'customer',
      customer: customer._id,
      contact: contact.id,
      about: { kind: 'request', id: request._id },
      expiresOn: addDays(laterOf(context.today, request.dueOn), linkDays),
    })
    readers.push({ contact, link: link._id })
  }
  return readers
}

export async function postToCustomer(
  context: Context,
  request: CustomerRequest,
  write: (letter: CustomerLetter) => Message,
): Promise<void> {
  const readers = await customerReaders(context, request)
  if (readers.length === 0) return
  const [sender, wording] = await Promise.all([senderNow(), currentWording()])
  await enqueue(
    context,
    readers.map(({ contact, link }) => write({ request, contact, link, sender, wording })),
  )
}

export async function postToStaff(
  context: Context,
  request: CustomerRequest,
  people: readonly Person[],
  write: (letter: StaffLetter) => Message,
): Promise<void> {
  if (people.length === 0) return
  await enqueue(
    context,
    people.map((person) => write({ request, person })),
  )
}

/** The owner; while there is none, or that person may no longer, everyone who may work on requests but the DPO. */
export async function staffToTell(request: Pick<CustomerRequest, 'owner'>): Promise<Person[]> {
  const officers = await mayWork()
  const own = officers.filter(({ _id }) => _id === request.owner)
  if (own.length > 0) return own
  const others = officers.filter(({ role }) => role !== 'dpo')
  return others.length > 0 ? others : officers
}

/** The DPO; where there is none in Tilsyn, everyone who may work on requests. */
export async function dpos(): Promise<Person[]> {
  const officers = await mayWork()
  const dpo = officers.filter(({ role }) => role === 'dpo')
  return dpo.length > 0 ? dpo : officers
}

export async function mayWork(): Promise<Person[]> {
  return (await staffMembers()).filter(
    ({ role, state }) => state === 'active' && allows(role, 'requests:write'),
  )
}
