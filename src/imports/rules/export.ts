import type { Locale } from '../../base/context.js'
import { currentContacts, earlierContacts, type Contact, type Customer } from '../../customers/rules.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Engagement, Service, Vendor } from '../../register/rules.js'
import { countryName } from '../../transfers/rules.js'
import { writeCountries } from './countries.js'
import { fieldsOf, type CustomersField, type Register, type RegisterField } from './fields.js'
import { defused } from './defused.js'
import { contractParts, placeParts } from './contract-lines.js'
import { agreementLine, boughtLines } from './customer-lines.js'
import { writeLines } from './lines.js'
import { wordForService, writeNames } from './register-words.js'
import { transferParts } from './transfer-lines.js'
import { wordOf } from './words.js'

/** Columns only an import needs: what the export says in a column of more detail. */
const readOnly = new Set<string>([
  'activity',
  'countries',
  'safeguards',
  'dpf',
  'scc',
  'tiaOn',
  'contactName',
  'contactEmail',
  'contactPhone',
])
const ofVendors = new Set<string>(
  (
    [
      'vendorReference',
      'vendor',
      'registrationNumber',
      'registrationKind',
      'registrationCountry',
      'keptBecause',
      'noRegistrationBecause',
      'address',
      'country',
      'vendorEndedOn',
      'vendorEndedBecause',
      'website',
      'contacts',
    ] as const satisfies readonly RegisterField[]
  ).map(String),
)

export type Exported = 'register' | 'vendors' | 'customers'

export const registerOf: Record<Exported, Register> = {
  register: 'register',
  vendors: 'register',
  customers: 'customers',
}

function exportedFields(exported: Exported): string[] {
  const ids = fieldsOf[registerOf[exported]].map(({ id }) => id)
  if (exported === 'customers') return ids
  return ids.filter((id) => (exported === 'vendors' ? ofVendors.has(id) : !readOnly.has(id)))
}

export function exportHeadings(exported: Exported, locale: Locale): string[] {
  const wanted = new Set(exportedFields(exported))
  return fieldsOf[registerOf[exported]].filter(({ id }) => wanted.has(id)).map((field) => field[locale])
}

type Cells<Field extends string> = Partial<Record<Field, string | null | undefined>>

/** Cells in the order of the headings, safe to open in a spreadsheet: nothing that would be run as a formula. */
export function exportRow(exported: Exported, cells: Cells<RegisterField> | Cells<CustomersField>): string[] {
  const all = cells as Record<string, string | null | undefined>
  return exportedFields(exported).map((field) => defused(all[field] ?? ''))
}

export function vendorCells(vendor: Vendor, locale: Locale): Cells<RegisterField> {
  const { registration } = vendor
  return {
    vendorReference: vendor.reference,
    vendor: vendor.name,
    registrationNumber: registration?.number,
    registrationKind: registration?.kind,
    registrationCountry: registration?.country && countryName(registration.country, locale),
    keptBecause: registration?.keptBecause,
    noRegistrationBecause: vendor.noRegistrationBecause,
    address: vendor.address,
    country: vendor.country && countryName(vendor.country, locale),
    vendorEndedOn: vendor.endedOn,
    vendorEndedBecause: vendor.endedBecause,
    website: vendor.website,
    contacts: writeLines(
      vendor.contacts.map(({ name, email = '', phone = '', role, locale: language }) => [
        name,
        email,
        phone,
        wordOf('contactRole', role, locale),
        wordOf('locale', language, locale),
      ]),
    ),
  }
}

/** `numbers`: of engagements that others name, by id: the one above in the chain, and the one that is continued. */
export function engagementCells(
  engagement: Engagement,
  services: readonly Service[],
  locale: Locale,
  numbers: ReadonlyMap<string, string>,
): Cells<RegisterField> {
  const { contract, dueDiligence, theirNotice, assurance, subjectCount, askedByItself } = engagement
  const words = (set: Parameters<typeof wordOf>[0], codes: readonly string[]) =>
    codes.map((code) => wordOf(set, code, locale)).join('; ')
  return {
    reference: engagement.reference,
    parent: numbers.get(engagement.parent ?? ''),
    continues: numbers.get(engagement.continues ?? ''),
    askedByItself: askedByItself === undefined ? undefined : yesNo(askedByItself, locale),
    role: wordOf('role', engagement.role, locale),
    services: serviceWords(engagement.services, services, locale),
    activityDa: engagement.activity.da,
    activityEn: engagement.activity.en,
    dataCategories: words('category', engagement.dataCategories),
    subjects: words('subject', engagement.subjects),
    subjectCount: subjectCount && wordOf('count', subjectCount, locale),
    storageCountries: writeCountries(engagement.storageCountries, locale),
    accessCountries: writeCountries(engagement.accessCountries, locale),
    places: writeLines(engagement.places.map((place) => placeParts(place, locale))),
    transfers: writeLines(engagement.transfers.map((transfer) => transferParts(transfer, locale))),
    contractVersion: contract?.dpaVersion,
    contractSignedOn: contract?.signedOn,
    contractTemplate: contract && wordOf('template', contract.template, locale),
    contracts: writeLines((engagement.contracts ?? []).map(contractParts)),
    conclusion: dueDiligence?.conclusion && wordOf('conclusion', dueDiligence.conclusion, locale),
    concludedOn: dueDiligence?.concludedOn,
    dueDiligenceNote: dueDiligence?.note,
    theirNotice: theirNotice && periodWords(theirNotice, locale),
    assuranceOwed: assurance && yesNo(assurance.owed, locale),
    assuranceKind: assurance?.kind,
    assuranceClause: assurance?.clause,
    inUseSince: engagement.inUse.since,
    inUseUntil: engagement.inUse.until,
    earlierUse: writeLines(
      (engagement.earlierUse ?? []).map(({ since, until }) => [since ?? '', until ?? '']),
    ),
    endedOn: engagement.endedOn,
    endedBecause: engagement.endedBecause,
  }
}

export function customerCells(
  customer: Customer,
  services: readonly Service[],
  locale: Locale,
): Cells<CustomersField> {
  const { agreement } = customer
  return {
    reference: customer.reference,
    name: customer.name,
    registrationNumber: customer.registration?.number,
    registrationKind: customer.registration?.kind,
    keptBecause: customer.registration?.keptBecause,
    caseNumber: customer.caseNumber,
    isProcessor: yesNo(customer.isProcessor, locale),
    services: serviceWords(
      [...new Set(customer.services.filter(({ to }) => to === null).map(({ service }) => service))],
      services,
      locale,
    ),
    serviceDates: boughtLines(customer.services, (id) => {
      const service = services.find(({ _id }) => _id === id)
      return service ? wordForService(service, services, locale) : ''
    }),
    from: customer.agreements.at(-1)?.from,
    dpaVersion: agreement.dpaVersion,
    signedOn: agreement.signedOn,
    authorisation: wordOf('authorisation', agreement.authorisation, locale),
    notice: periodWords(agreement.notice, locale),
    objectionUntil: wordOf('until', agreement.objectionUntil, locale),
    counts: wordOf('counts', agreement.counts, locale),
    replacementNeedsApproval: yesNo(agreement.replacementNeedsApproval, locale),
    commonList: yesNo(agreement.commonList, locale),
    transferInstruction: wordOf('instruction', agreement.transferInstruction.kind, locale),
    transferCountries: writeCountries(agreement.transferInstruction.countries, locale),
    breachHours: String(agreement.breachHours),
    earlierAgreements: writeLines(customer.agreements.slice(0, -1).map(agreementLine)),
    endedOn: customer.endedOn,
    endedBecause: customer.endedBecause,
  }
}

export function contactCells(contact: Contact, locale: Locale): Cells<CustomersField> {
  return {
    contactName: contact.name,
    contactTitle: contact.title,
    contactEmail: contact.email,
    contactPhone: contact.phone,
    contactLocale: wordOf('locale', contact.locale, locale),
    dataProtection: yesNo(contact.dataProtection, locale),
    mayApprove: yesNo(contact.mayApprove, locale),
    contactFrom: contact.from,
    contactTo: contact.to,
  }
}

/** One row a contact, those that no longer hold below those that do; a customer without any has one row of its own. */
export function customerRows(customer: Customer, services: readonly Service[], locale: Locale): string[][] {
  const cells = customerCells(customer, services, locale)
  const contacts = [...currentContacts(customer.contacts), ...earlierContacts(customer.contacts)]
  if (contacts.length === 0) return [exportRow('customers', cells)]
  return contacts.map((contact) => exportRow('customers', { ...cells, ...contactCells(contact, locale) }))
}

function serviceWords(ids: readonly string[], services: readonly Service[], locale: Locale): string {
  const meant = services.filter(({ _id }) => ids.includes(_id))
  return writeNames(meant.map((service) => wordForService(service, services, locale)))
}

function periodWords({ length, unit }: NoticePeriod, locale: Locale): string {
  return `${length} ${wordOf('unit', unit, locale)}`
}

function yesNo(value: boolean, locale: Locale): string {
  return wordOf('answer', value ? 'yes' : 'no', locale)
}
