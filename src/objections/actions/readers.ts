import type { Context } from '../../base/context.js'
import { addDays, laterOf } from '../../base/day.js'
import { staffMembers } from '../../auth/actions/people.js'
import { ensureLink } from '../../auth/links.js'
import { allows } from '../../auth/permissions.js'
import type { Person } from '../../auth/request.js'
import { customersByIds } from '../../customers/actions.js'
import { contactsToTell } from '../../customers/rules.js'
import { noticeById, recipientById, serviceNames } from '../../notices/actions.js'
import type { CustomerReader, StaffReader } from '../mails.js'
import type { Objection } from '../rules.js'

// A link in an objection's mail works as long as the notice's own: at least 90 days after the end.
const linkDays = 180

/** Whom at the customer to write to: those who are told of changes today, else those the notice went to. */
export async function customerReaders(context: Context, objection: Objection): Promise<CustomerReader[]> {
  const [notice, recipient, [customer]] = await Promise.all([
    noticeById(objection.notice),
    recipientById(objection.recipient),
    customersByIds([objection.customer]),
  ])
  if (!notice || !recipient) return []
  const current = customer ? contactsToTell(customer.contacts, context.today) : []
  const services = await serviceNames()
  const expiresOn = addDays(laterOf(context.today, recipient.lastDay ?? context.today), linkDays)
  const readers: CustomerReader[] = []
  for (const contact of current.length > 0 ? current : recipient.contacts) {
    const link = await ensureLink(context, {
      kind: 'customer',
      customer: objection.customer,
      contact: contact.id,
      about: { kind: 'recipient', id: recipient._id },
      expiresOn,
    })
    readers.push({
      notice,
      recipient,
      contact,
      services,
      to: { contact: contact.id, address: contact.email, link: link._id },
    })
  }
  return readers
}

/** The case's owner; while there is none, or the owner may no longer, everyone who may deal with objections. */
export async function staffReaders(owner: string | null): Promise<StaffReader[]> {
  const officers = await mayOwn()
  const own = officers.filter(({ _id }) => _id === owner)
  return (own.length > 0 ? own : officers).map(({ _id, name, email, locale }) => ({
    person: _id,
    name,
    address: email,
    locale,
  }))
}

/** Everyone on staff who may deal with objections, by name. */
export async function mayOwn(): Promise<Person[]> {
  return (await staffMembers()).filter(
    ({ role, state }) => state === 'active' && allows(role, 'objections:write'),
  )
}
