import type { Day } from '../../base/day.js'
import type { Registration } from '../../base/registration.js'
import type { Moved } from '../../db/moves.js'
import type { Agreement, DatedAgreement } from './agreement.js'
import { contactsToTell, type Contact } from './contacts.js'
import { servicesOn, type BoughtService } from './services.js'

/** A controller we process for, or a processor that passes our notices on to its own customers. */
export type CustomerContent = {
  name: string
  registration?: Registration
  /** The customer's own case number; stands in the subject of every mail to it. */
  caseNumber?: string
  isProcessor: boolean
  /** The agreement that holds now: the last of `agreements`. */
  agreement: Agreement
  agreements: DatedAgreement[]
  services: BoughtService[]
  contacts: Contact[]
  /** The first day it is no longer a customer. */
  endedOn: Day | null
  endedBecause?: string
  sample: boolean
}

export type Customer = CustomerContent & { _id: string; reference: string } & Kept & Moved

/** Derived from the rest whenever it is saved, for lists and searches. */
export type Kept = {
  sortKey: string
  tokens: string[]
  /** Nobody holds the data protection role now. */
  withoutContact: boolean
  /** The agreed notice as one word, such as '30-days'. */
  noticeKey: string
  /** When it was last changed; set with every move. */
  changedAt?: Date
}

export type CustomerToTell = {
  _id: string
  reference: string
  name: string
  caseNumber?: string
  agreement: Agreement
  /** Its data protection contacts on the day, in the order in which they are tried. Empty: the notice is blocked. */
  contacts: Contact[]
  /** Buys one of the services. False: it is only informed, since its list is common to all. */
  affected: boolean
  /** Ids of the services it buys on the day: a notice of several changes is not about all of them for every customer. */
  services: string[]
  /** It processes for others in its turn, and passes on what it is told. */
  isProcessor?: boolean
  sample: boolean
}

export function hasEnded(customer: { endedOn: Day | null }, day: Day): boolean {
  return customer.endedOn !== null && customer.endedOn <= day
}

/** What a notice needs to know of the customer; null if it is not told at all. */
export function customerToTell(
  customer: Omit<CustomerToTell, 'affected' | 'services'> & {
    services: BoughtService[]
    endedOn: Day | null
  },
  services: ReadonlySet<string>,
  on: Day,
): CustomerToTell | null {
  if (hasEnded(customer, on)) return null
  const bought = servicesOn(customer.services, on)
  const affected = bought.some((service) => services.has(service))
  if (!affected && !customer.agreement.commonList) return null
  return {
    _id: customer._id,
    reference: customer.reference,
    name: customer.name,
    ...(customer.caseNumber === undefined ? {} : { caseNumber: customer.caseNumber }),
    agreement: customer.agreement,
    contacts: contactsToTell(customer.contacts, on),
    affected,
    services: bought,
    ...(customer.isProcessor ? { isProcessor: true } : {}),
    sample: customer.sample,
  }
}
