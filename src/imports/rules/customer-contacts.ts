import type { Day } from '../../base/day.js'
import { currentContacts, type Contact, type ContactContent, type Customer } from '../../customers/rules.js'
import type { ContactPart, CustomerRow } from './customer-rows.js'
import type { Say } from './plan.js'

/** `to` where the file says that it no longer holds; `replaces`: the contact on record it is about. */
export type PlannedContact = {
  contact: ContactContent
  from: Day | undefined
  to: Day | undefined
  replaces: Contact | null
}

export function contactsOf(
  rows: readonly CustomerRow[],
  existing: Customer | null,
  locale: 'da' | 'en',
  say: Say,
): PlannedContact[] {
  const current = existing ? currentContacts(existing.contacts) : []
  const present = new Map<string, PlannedContact>()
  const past: PlannedContact[] = []
  for (const { contact: given, number } of rows) {
    if (!given) continue
    const closed = given.to !== undefined
    const replaces = closed ? null : (current.find(({ email }) => email === given.email) ?? null)
    const planned = { ...contentWith(given, replaces, locale), replaces }
    if (!closed) present.set(given.email, planned)
    else if (!existing) past.push(planned)
    else if (!isOnRecord(existing, given)) say(number, 'warning', 'history-not-taken')
  }
  return [...present.values(), ...past]
}

function contentWith(
  { from, to, ...given }: ContactPart,
  replaces: Contact | null,
  locale: 'da' | 'en',
): Omit<PlannedContact, 'replaces'> {
  const usual = { locale, dataProtection: true, mayApprove: false }
  const contact = { ...usual, ...(replaces ? contactContent(replaces) : {}), ...given }
  // Where the file had an address only, the name on record stays.
  if (replaces && given.name === given.email) contact.name = replaces.name
  return { contact, from, to }
}

function isOnRecord({ contacts }: Customer, given: ContactPart): boolean {
  return contacts.some(
    ({ email, from, to }) => email === given.email && to === given.to && from === (given.from ?? from),
  )
}

export function contactContent({
  id: _id,
  order: _order,
  from: _from,
  to: _to,
  ...content
}: Contact): ContactContent {
  return content
}
