import type { Day } from '../../base/day.js'
import type { Agreement, BoughtService, ContactContent, DatedAgreement } from '../../customers/rules.js'
import type { GeneralInput } from '../../customers/form.js'
import type { Service } from '../../register/rules.js'
import { readDay, readPeriod, readYesNo } from './cells.js'
import type { ReadRow } from './rows.js'
import { rowReader, type Message, type ReadingContext, type RowReader } from './plan.js'
import { sayOfName } from './names-read.js'
import { countriesIn, dayIn, dayUpTo, only, signedIn } from './register-cells.js'
import { agreementsFrom, boughtFrom } from './customer-lines.js'
import { endedIn, type Ended } from './register-rows.js'
import { registrationOf } from './registrations.js'
import { serviceNamed, servicesIn } from './register-words.js'
import { codeOf } from './words.js'

export type CustomerPart = {
  name: string
  reference?: string
  general: Partial<GeneralInput>
  agreement: Partial<Agreement>
  from?: Day
  services?: string[]
  /** Services with the days from and to which they are bought; stands over `services`. */
  bought?: BoughtService[]
  /** Agreements before the present one. */
  earlier?: DatedAgreement[]
  ended?: Ended
}

export type ContactPart = Pick<ContactContent, 'name' | 'email'> &
  Partial<ContactContent> & { from?: Day; to?: Day }

export type CustomerRow = {
  number: number
  customer: CustomerPart
  /** Null for a row that names no contact. */
  contact: ContactPart | null
  messages: Message[]
}

export function readCustomerRow(
  row: ReadRow,
  known: ReadingContext & { services: readonly Service[] },
): CustomerRow | { number: number; customer: null; messages: Message[] } {
  const read = rowReader(row)
  const name = read.text('name', 200)
  if (name === undefined) {
    if (read.messages.length === 0) read.say('name', 'problem', 'name-missing')
    return { number: row.number, customer: null, messages: read.messages }
  }
  sayOfName(read, 'name', name)
  const registration = registrationOf(read, null, read.text('keptBecause', 500), known.locale)
  const customer: CustomerPart = {
    name,
    ...only('reference', read.text('reference', 20)),
    general: {
      ...only('registration', registration),
      ...only('caseNumber', read.text('caseNumber', 100)),
      ...only('isProcessor', read.value('isProcessor', readYesNo)),
    },
    agreement: agreementIn(read),
    ...only('from', dayUpTo(read, 'from', known.today)),
    ...only('services', servicesIn(read, known)),
    ...only('bought', boughtIn(read, known.services)),
    ...only('earlier', read.value('earlierAgreements', agreementsFrom)),
    ...only('ended', endedIn(read, 'endedOn', 'endedBecause')),
  }
  return { number: row.number, customer, contact: contactIn(read), messages: read.messages }
}

function agreementIn(read: RowReader): Partial<Agreement> {
  const instruction = read.value('transferInstruction', (text) => codeOf('instruction', text))
  const countries = countriesIn(read, 'transferCountries') ?? []
  if (instruction === 'countries' && countries.length === 0)
    read.say('transferInstruction', 'problem', 'countries-missing')
  return {
    ...only('dpaVersion', read.text('dpaVersion', 40)),
    ...only('signedOn', signedIn(read, 'signedOn').on),
    ...only(
      'authorisation',
      read.value('authorisation', (text) => codeOf('authorisation', text)),
    ),
    ...only('notice', read.value('notice', readPeriod)),
    ...only(
      'objectionUntil',
      read.value('objectionUntil', (text) => codeOf('until', text)),
    ),
    ...only(
      'counts',
      read.value('counts', (text) => codeOf('counts', text)),
    ),
    ...only('replacementNeedsApproval', read.value('replacementNeedsApproval', readYesNo)),
    ...only('commonList', read.value('commonList', readYesNo)),
    ...only(
      'transferInstruction',
      instruction && { kind: instruction, countries: instruction === 'countries' ? countries : [] },
    ),
    ...only('breachHours', read.value('breachHours', hoursFrom)),
  }
}

function boughtIn(read: RowReader, services: readonly Service[]): BoughtService[] | undefined {
  return read.value('serviceDates', (text) => boughtFrom(text, (name) => serviceNamed(name, services)?._id))
}

function hoursFrom(text: string): number | null {
  const hours = Number(/^(\d{1,3})(?:\s*(?:t|h|timer|hours))?$/i.exec(text.trim())?.[1])
  return hours >= 1 && hours <= 720 ? hours : null
}

const address = /^[^\s<>@,;"]+@[^\s<>@,;"]+\.[^\s<>@,;".]{2,}$/

function contactIn(read: RowReader): CustomerRow['contact'] {
  const name = read.text('contactName', 120)
  const email = read.value(
    'contactEmail',
    (text) => (address.test(text) ? text.toLowerCase() : null),
    'no-address',
  )
  if (email === undefined) {
    // A notice goes by mail: a name alone cannot be told.
    if (name !== undefined) read.say('contactName', 'warning', 'contact-without-address')
    return null
  }
  return {
    name: name ?? email,
    email,
    ...only('title', read.text('contactTitle', 120)),
    ...only('phone', read.text('contactPhone', 40)),
    ...only(
      'locale',
      read.value('contactLocale', (text) => codeOf('locale', text)),
    ),
    ...only('dataProtection', read.value('dataProtection', readYesNo)),
    ...only('mayApprove', read.value('mayApprove', readYesNo)),
    ...only('from', dayIn(read, 'contactFrom')),
    ...only('to', read.value('contactTo', readDay, 'not-a-day')),
  }
}
