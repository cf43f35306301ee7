import type { Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { EngagementInput, VendorInput } from '../../register/actions.js'
import {
  isRedacted,
  type Assurance,
  type Contract,
  type ContractVersion,
  type Service,
  type Use,
} from '../../register/rules.js'
import { partsOf, readDay, readPeriod, readYesNo } from './cells.js'
import { readCountry } from './countries.js'
import { registrationOf } from './registrations.js'
import type { ReadRow } from './rows.js'
import { rowReader, type Message, type ReadingContext, type RowReader } from './plan.js'
import {
  assuranceIn,
  contactsFrom,
  contractIn,
  countriesIn,
  dayIn,
  dayUpTo,
  dueDiligenceIn,
  only,
  usesFrom,
  type VendorContacts,
} from './register-cells.js'
import { contractsFrom, placesFrom } from './contract-lines.js'
import { transfersFrom } from './transfer-lines.js'
import { sayOfName } from './names-read.js'
import { categoriesIn, countFrom, safeguardsIn } from './register-free-text.js'
import { servicesIn } from './register-words.js'
import type { NamedBasis } from './safeguards.js'
import { codeOf } from './words.js'

/** `on`: the first day it no longer holds. */
export type Ended = { on: Day; because: string }

/** Only what the row says; a field that is not there stays as it is in the register. */
export type VendorPart = { name: string; reference?: string; ended?: Ended } & Partial<
  Omit<VendorInput, 'name' | 'contacts'>
> & {
    contacts?: VendorContacts
    /** One contact beside those on record. */
    contact?: VendorContacts[number]
  }

export type EngagementPart = Partial<Omit<EngagementInput, 'contract' | 'assurance'>> & {
  contract?: Partial<Contract>
  assurance?: Partial<Assurance>
  reference?: string
  activity: Bilingual
  /** The activity came in one column: it stands for both languages. */
  oneLanguage: boolean
  named?: NamedBasis[]
  inUseSince?: Day
  inUseUntil?: Day
  earlierUse?: Use[]
  contracts?: ContractVersion[]
  ended?: Ended
  /** The number of the engagement above in the chain, or its vendor's name, as the file has it. */
  above?: string
  /** The number of the engagement whose changed form this is, as the file has it. */
  continued?: string
}

export type RegisterRow = {
  number: number
  vendor: VendorPart
  engagement: EngagementPart | null
  messages: Message[]
}

type Known = ReadingContext & { services: readonly Service[] }

/** Null for a row without a vendor's name, of which the messages tell. */
export function readRegisterRow(
  row: ReadRow,
  known: Known,
): RegisterRow | { number: number; vendor: null; messages: Message[] } {
  const read = rowReader(row)
  const name = read.text('vendor', 200)
  if (name === undefined) {
    if (read.messages.length === 0) read.say('vendor', 'problem', 'name-missing')
    return { number: row.number, vendor: null, messages: read.messages }
  }
  sayOfName(read, 'vendor', name)
  const vendor = vendorPart(read, name, known)
  const engagement = engagementPart(read, row, known)
  return { number: row.number, vendor, engagement, messages: read.messages }
}

function vendorPart(read: RowReader, name: string, { locale }: Known): VendorPart {
  const country = read.value('country', readCountry, 'country-unread', 'warning')
  const kept = read.text('keptBecause', 500)
  const registration = registrationOf(read, country ?? null, kept, locale)
  const address = read.text('address', 500)
  if (address !== undefined && isRedacted(address)) read.say('address', 'warning', 'redacted')
  const contacts = read.value('contacts', contactsFrom)
  return {
    name,
    ...only('reference', read.text('vendorReference', 20)),
    ...only('registration', registration),
    ...only('noRegistrationBecause', read.text('noRegistrationBecause', 500)),
    ...only('address', address),
    ...only('country', country),
    ...only('website', read.text('website', 300)),
    ...only('contacts', contacts),
    ...only('contact', contacts === undefined ? contactOf(read) : undefined),
    ...only('ended', endedIn(read, 'vendorEndedOn', 'vendorEndedBecause')),
  }
}

const address = /[^\s<>@,;"()]+@[^\s<>@,;"()]+\.[^\s<>@,;".()]{2,}/

function contactOf(read: RowReader): VendorContacts[number] | undefined {
  const email = read.value(
    'contactEmail',
    (text) => address.exec(text)?.[0]?.toLowerCase() ?? null,
    'no-address',
    'warning',
  )
  const phone = read.text('contactPhone', 40)
  const name = read.text('contactName', 120)
  if (email === undefined && phone === undefined && name === undefined) return undefined
  return {
    name: name ?? email ?? phone ?? '',
    ...only('email', email),
    ...only('phone', phone),
    role: 'data-protection',
    locale: 'en',
  }
}

const ofEngagement = [
  'role',
  'services',
  'countries',
  'storageCountries',
  'accessCountries',
  'safeguards',
  'transfers',
]

function engagementPart(read: RowReader, row: ReadRow, known: Known): EngagementPart | null {
  const one = read.text('activity', 1000)
  const da = read.text('activityDa', 1000)
  const en = read.text('activityEn', 1000)
  const either = da ?? one ?? en
  if (either === undefined) {
    const said = ofEngagement.find((field) => row.cells.has(field))
    if (said !== undefined) read.say(said, 'warning', 'activity-missing')
    return null
  }
  const storage = countriesIn(read, 'storageCountries') ?? countriesIn(read, 'countries')
  const access = countriesIn(read, 'accessCountries') ?? (row.cells.has('countries') ? storage : undefined)
  const transfers = read.value('transfers', transfersFrom)
  const theirNotice = read.value('theirNotice', readPeriod)
  return {
    activity: { da: da ?? either, en: en ?? one ?? either },
    oneLanguage: one !== undefined || da === undefined || en === undefined,
    ...only('reference', read.text('reference', 20)),
    ...only(
      'role',
      read.value('role', (text) => codeOf('role', text)),
    ),
    ...only('services', servicesIn(read, known)),
    ...only('dataCategories', categoriesIn(read)),
    ...only(
      'subjects',
      read.value('subjects', (text) => partsOf(text).map((part) => codeOf('subject', part) ?? part)),
    ),
    ...only('subjectCount', read.value('subjectCount', countFrom, 'unreadable', 'warning')),
    ...only('storageCountries', storage),
    ...only('accessCountries', access),
    ...only('places', read.value('places', placesFrom)),
    ...only('transfers', transfers),
    ...only('named', transfers === undefined ? safeguardsIn(read) : undefined),
    ...contractIn(read),
    ...dueDiligenceIn(read),
    ...only('theirNotice', theirNotice),
    ...assuranceIn(read),
    ...only('inUseSince', dayUpTo(read, 'inUseSince', known.today)),
    ...only('inUseUntil', dayIn(read, 'inUseUntil')),
    ...only('earlierUse', read.value('earlierUse', usesFrom)),
    ...only('ended', endedIn(read, 'endedOn', 'endedBecause')),
    ...only('contracts', read.value('contracts', contractsFrom)),
    ...only('above', read.text('parent', 200)),
    ...only('continued', read.text('continues', 20)),
    ...only('askedByItself', read.value('askedByItself', readYesNo)),
  }
}

export function endedIn(read: RowReader, day: string, reason: string): Ended | undefined {
  const on = read.value(day, readDay, 'not-a-day')
  const because = read.text(reason, 2000)
  return on === undefined ? undefined : { on, because: because ?? '' }
}
