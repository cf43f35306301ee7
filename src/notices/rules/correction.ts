/** A correction: what was told before was put wrongly, and nothing of what customers approved changes by it. */
import {
  changesToApproved,
  mainContact,
  type ChangeKind,
  type EngagementContent,
  type VendorContact,
  type VendorFacts,
} from '../../register/rules.js'
import type { CountryCode } from '../../transfers/rules.js'

type Registration = NonNullable<EngagementContent['registration']>

/** What may be put right of a vendor, as it is to read from now on. What stays is absent. */
export type Corrected = {
  name?: string
  registration?: Registration
  address?: string
  country?: CountryCode
  website?: string
  contact?: NonNullable<EngagementContent['contact']>
  /** Why it is the same legal entity although its number, or the name where there is none, reads differently. */
  sameEntityBecause?: string
}

/** What is typed, where it says something other than the register does. */
export function correctedIn(content: EngagementContent, typed: Corrected): Corrected {
  const { registration, contact } = content
  const now: Corrected = {
    name: content.vendorName,
    address: content.address,
    ...(registration ? { registration } : {}),
    ...(content.country ? { country: content.country } : {}),
    ...(content.website === undefined ? {} : { website: content.website }),
    ...(contact ? { contact } : {}),
  }
  const entries = Object.entries(typed).filter(
    ([field, value]) => value !== undefined && !isSame(value, now[field as keyof Corrected]),
  )
  return Object.fromEntries(entries) as Corrected
}

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => left[key] === right[key])
}

/** What the list prints once it is corrected. */
export function withCorrection(content: EngagementContent, corrected: Corrected): EngagementContent {
  const { name, registration, address, country, website, contact } = corrected
  return {
    ...content,
    ...(name === undefined ? {} : { vendorName: name }),
    ...(registration === undefined ? {} : { registration }),
    ...(address === undefined ? {} : { address }),
    ...(country === undefined ? {} : { country }),
    ...(website === undefined ? {} : { website }),
    ...(contact === undefined ? {} : { contact }),
  }
}

/**
 * What keeps it from being a mere correction (clause 7.3, B.1, C.5, C.6): another entity, activity, country, place or basis.
 * Another number can be another entity or the same one's number mistyped: that is asked, and the answer kept.
 */
export function beyondCorrection(before: EngagementContent, corrected: Corrected): ChangeKind[] {
  return changesToApproved(before, withCorrection(before, corrected)).filter(
    (kind) => kind !== 'entity' || !corrected.sameEntityBecause,
  )
}

/** Whether anything is put right at all. */
export function correctsNothing({ sameEntityBecause: _why, ...facts }: Corrected): boolean {
  return Object.keys(facts).length === 0
}

type Contacts = (Omit<VendorContact, 'id'> & { id?: string })[]

/** The vendor as it is to stand in the register from the day the correction goes out. */
export function vendorAsCorrected(
  vendor: VendorFacts,
  { name, registration, address, country, website, contact }: Corrected,
): Omit<VendorFacts, 'contacts'> & { contacts: Contacts } {
  return {
    ...vendor,
    ...(name === undefined ? {} : { name }),
    ...(registration === undefined ? {} : { registration }),
    ...(address === undefined ? {} : { address }),
    ...(country === undefined ? {} : { country }),
    ...(website === undefined ? {} : { website }),
    contacts: contact === undefined ? vendor.contacts : withContact(vendor.contacts, contact),
  }
}

/** The one the lists print is put right; where there is none, this is the one. */
function withContact(
  contacts: readonly VendorContact[],
  { name, email, phone }: NonNullable<Corrected['contact']>,
): Contacts {
  const main = mainContact(contacts)
  const reached = { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) }
  if (!main) return [...contacts, { name, ...reached, role: 'data-protection', locale: 'da' }]
  const { id, role, locale } = main
  return contacts.map((each) => (each.id === id ? { id, role, locale, name, ...reached } : each))
}
