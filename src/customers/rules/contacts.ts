import type { Locale } from '../../base/context.js'
import { addDays, laterOf, type Day } from '../../base/day.js'

export type ContactContent = {
  name: string
  title?: string
  email: string
  phone?: string
  /** The language this person is written to in. */
  locale: Locale
  /** Is told of changes. Without one such contact no notice can be issued to the customer. */
  dataProtection: boolean
  /** May approve and instruct for the customer. Apart from `dataProtection`: a DPO advises and does not decide. */
  mayApprove: boolean
}

/**
 * A contact during an interval. A change never overwrites: it closes this one and opens another with an id of its own,
 * so that what was sent to whom stays readable. `to` is the first day it no longer holds.
 */
export type Contact = ContactContent & { id: string; order: number; from: Day; to: Day | null }

/** Contacts that hold now, in the order in which they are tried. */
export function currentContacts(contacts: readonly Contact[]): Contact[] {
  return contacts.filter((contact) => contact.to === null).toSorted((a, b) => a.order - b.order)
}

export function earlierContacts(contacts: readonly Contact[]): Contact[] {
  return contacts
    .filter((contact) => contact.to !== null)
    .toSorted((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : -1))
}

/** Those to be told of a change on the day, in the order in which they are tried. */
export function contactsToTell(contacts: readonly Contact[], on: Day): Contact[] {
  return contacts
    .filter(
      (contact) => contact.dataProtection && contact.from <= on && (contact.to === null || contact.to > on),
    )
    .toSorted((a, b) => a.order - b.order)
}

/** Everyone at the customer on the day, in its order. */
export function contactsOn(contacts: readonly Contact[], on: Day): Contact[] {
  return contacts
    .filter(({ from, to }) => from <= on && (to === null || to > on))
    .toSorted((a, b) => a.order - b.order)
}

/** Those who decide for the customer on the day. Art. 38-39: a DPO advises; whether one may decide is the customer's to say. */
export function approversOn(contacts: readonly Contact[], on: Day): Contact[] {
  return contactsOn(contacts, on).filter(({ mayApprove }) => mayApprove)
}

/** Nobody holds the data protection role now: notices to this customer are blocked. */
export function lacksContact(contacts: readonly Contact[]): boolean {
  return !contacts.some((contact) => contact.to === null && contact.dataProtection)
}

/** The current contact with this address, apart from the one being changed. */
export function contactAt(contacts: readonly Contact[], email: string, except?: string): Contact | null {
  return (
    contacts.find((contact) => contact.to === null && contact.email === email && contact.id !== except) ??
    null
  )
}

export function withContact(
  contacts: readonly Contact[],
  content: ContactContent,
  id: string,
  from: Day,
): Contact[] {
  const last = Math.max(0, ...currentContacts(contacts).map((contact) => contact.order))
  return [...contacts, { ...content, id, order: last + 1, from, to: null }]
}

/** Closes the contact `id` and opens one with the new content in its place in the order. */
export function withContactChanged(
  contacts: readonly Contact[],
  id: string,
  content: ContactContent,
  newId: string,
  on: Day,
): Contact[] {
  return contacts.flatMap((contact): Contact[] => {
    if (contact.id !== id || contact.to !== null) return [contact]
    const from = laterOf(contact.from, on)
    return [
      { ...contact, to: from },
      { ...content, id: newId, order: contact.order, from, to: null },
    ]
  })
}

export function withContactEnded(contacts: readonly Contact[], id: string, on: Day): Contact[] {
  return contacts.map((contact) =>
    contact.id === id && contact.to === null ? { ...contact, to: laterOf(contact.from, on) } : contact,
  )
}

/** Lets the contact change places with the one before it; the first stays where it is. */
export function withContactSooner(contacts: readonly Contact[], id: string): Contact[] {
  const current = currentContacts(contacts)
  const place = current.findIndex((contact) => contact.id === id)
  const moved = current[place]
  const before = current[place - 1]
  if (!moved || !before) return [...contacts]
  return contacts.map((contact) => {
    if (contact.id === moved.id) return { ...contact, order: before.order }
    return contact.id === before.id ? { ...contact, order: moved.order } : contact
  })
}

/** The last day on which a closed contact held; null for one that was opened and closed on the same day. */
export function lastDayOf(contact: Contact): Day | null {
  if (contact.to === null || contact.to <= contact.from) return null
  return addDays(contact.to, -1)
}
