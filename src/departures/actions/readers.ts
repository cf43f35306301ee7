import { staffMembers } from '../../auth/actions/people.js'
import { ensureLinks, ensureVendorLink } from '../../auth/links.js'
import { allows } from '../../auth/permissions.js'
import type { Person } from '../../auth/request.js'
import type { Context } from '../../base/context.js'
import { addDays, laterOf, type Day } from '../../base/day.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsToTell, type Contact, type Customer } from '../../customers/rules.js'
import { vendorsByIds } from '../../register/actions.js'
import { mainContact } from '../../register/rules.js'
import type { CustomerReader } from '../mails/customer.js'
import type { StaffReader } from '../mails/staff.js'
import type { VendorReader } from '../mails/vendor.js'
import type { Departure } from '../rules.js'

/** Links work until long after the last day anything is due: answers are late, and what the law keeps is confirmed at its end. */
const linkDays = 180

/** The contact of each vendor, in the order of the ids; null where nobody can be written to. */
export async function vendorReaders(
  context: Context,
  departure: Departure,
  vendors: readonly string[],
): Promise<Map<string, VendorReader | null>> {
  const found = await vendorsByIds([...new Set(vendors)])
  const readers = new Map<string, VendorReader | null>()
  for (const { _id, name, contacts } of found) {
    const contact = mainContact(contacts.filter(({ email }) => email !== undefined))
    if (!contact?.email) {
      readers.set(_id, null)
      continue
    }
    const link = await ensureVendorLink(context, {
      vendor: _id,
      contact: contact.id,
      about: { kind: 'departure', id: departure._id },
      expiresOn: linkUntil(departure, context.today),
    })
    readers.set(_id, {
      vendor: _id,
      company: name,
      name: contact.name,
      address: contact.email,
      locale: contact.locale,
      id: contact.id,
      link: link._id,
    })
  }
  return readers
}

/** Its data protection contacts, also after it has left: until all is confirmed they are still the customer to us. */
export async function customerReaders(
  context: Context,
  departure: Departure,
): Promise<{ customer: Customer | null; readers: CustomerReader[] }> {
  const [customer] = departure.customer ? await customersByIds([departure.customer]) : []
  if (!customer) return { customer: null, readers: [] }
  const contacts = contactsToTell(customer.contacts, context.today)
  const links = await ensureLinks(
    context,
    contacts.map(({ id }) => ({
      kind: 'customer' as const,
      customer: customer._id,
      contact: id,
      about: { kind: 'departure', id: departure._id },
      expiresOn: linkUntil(departure, context.today),
    })),
  )
  return {
    customer,
    readers: contacts.map((contact, place) => readerOf(contact, links[place]?._id ?? '')),
  }
}

function readerOf({ id, name, email, locale }: Contact, link: string): CustomerReader {
  return { id, name, address: email, locale, link }
}

export async function staffToTell(): Promise<StaffReader[]> {
  return (await mayWork()).map(staffReader)
}

/** The DPO; where there is none in Tilsyn, everyone who may work on it. */
export async function dpoReaders(): Promise<StaffReader[]> {
  const dpo = (await staffMembers()).filter(({ role, state }) => state === 'active' && role === 'dpo')
  return (dpo.length > 0 ? dpo : await mayWork()).map(staffReader)
}

async function mayWork(): Promise<Person[]> {
  return (await staffMembers()).filter(
    ({ role, state }) => state === 'active' && allows(role, 'departures:write'),
  )
}

function staffReader({ _id, name, email, locale }: Person): StaffReader {
  return { id: _id, name, address: email, locale }
}

function linkUntil({ points, chooseBy }: Departure, today: Day): Day {
  const last = points
    .flatMap(({ dueOn, answer }) => [dueOn, ...(answer?.retention ? [answer.retention.until] : [])])
    .reduce(laterOf, chooseBy ?? today)
  return addDays(laterOf(today, last), linkDays)
}
