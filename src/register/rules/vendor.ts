import type { Bilingual, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Registration } from '../../base/registration.js'
import type { CountryCode } from '../../transfers/rules.js'
import type { Correction } from './known.js'

/** What customers buy, such as hosting or telephony. Customers and engagements meet in it. */
export type ServiceContent = {
  name: Bilingual
  order: number
  /** What it was called, and from when. Absent in records older than this field: then it was always called so. */
  versions?: DatedServiceFacts[]
  endedOn: Day | null
  sample: boolean
}

export type DatedServiceFacts = { from: Day; content: { name: Bilingual } }

export type ContactRole = 'data-protection' | 'contract' | 'security' | 'other'
export const contactRoles = [
  'data-protection',
  'contract',
  'security',
  'other',
] as const satisfies readonly ContactRole[]

export type VendorContact = {
  id: string
  name: string
  email?: string
  phone?: string
  role: ContactRole
  locale: Locale
}

/** The facts of a legal entity that every list prints. `country` is its seat. */
export type VendorFacts = {
  name: string
  registration: (Registration & { country?: CountryCode }) | null
  /** Why there is no number: opinion 22/2024 wants one or the reason. */
  noRegistrationBecause?: string
  address: string
  country: CountryCode | null
  website?: string
  contacts: VendorContact[]
}

export type DatedVendorFacts = { from: Day; content: VendorFacts }

/** A legal entity. Not yet a sub-processor: what it is to us is said per engagement. */
export type VendorContent = VendorFacts & {
  sortKey: string
  tokens: string[]
  versions: DatedVendorFacts[]
  /** What was found to have been wrong on past days. */
  corrections?: Correction<VendorFacts>[]
  endedOn: Day | null
  endedBecause?: string
  sample: boolean
}

/**
 * Whether letters were struck out before the paper was published ('Xxxxxxxxxxx 0, 0000 Xxxxxxxxxxx' in the Annex B this
 * product began from). Such a text is kept as printed, and counts as missing.
 */
export function isRedacted(text: string): boolean {
  return text.split(/[^\p{L}]+/u).some((word) => /^x{3,}$/i.test(word))
}

/**
 * Whether the text only fills the field, as spreadsheets from somebody's desk do: nothing, signs alone, or a word for "not known".
 * Such a text is kept as it stands, and counts as missing.
 */
export function saysNothing(text: string): boolean {
  const words = text
    .toLocaleLowerCase('da')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return words === '' || sayNothing.has(words)
}

const sayNothing = new Set(
  [
    'ukendt',
    'ved ikke',
    'vides ikke',
    'mangler',
    'ikke oplyst',
    'ikke angivet',
    'afventer',
    'kommer',
    'udfyldes',
  ]
    .concat(['unknown', 'missing', 'not stated', 'not known', 'pending', 'to follow', 'to be determined'])
    .concat(['n a', 'na', 'i a', 'tbd', 'tba', 'tbc', 'todo', 'to do', 'x', 'xx']),
)

/** The one to ask about data protection: that role first, then the first who can be reached. */
export function mainContact(contacts: readonly VendorContact[]): VendorContact | null {
  const reachable = contacts.filter(({ email, phone }) => email !== undefined || phone !== undefined)
  return reachable.find(({ role }) => role === 'data-protection') ?? reachable[0] ?? null
}

export function vendorFacts(vendor: VendorFacts): VendorFacts {
  const { name, registration, noRegistrationBecause, address, country, website, contacts } = vendor
  return {
    name,
    registration,
    ...(noRegistrationBecause === undefined ? {} : { noRegistrationBecause }),
    address,
    country,
    ...(website === undefined ? {} : { website }),
    contacts,
  }
}
