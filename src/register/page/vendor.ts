import type { Bilingual, Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { registrationKinds } from '../../base/registration.js'
import { textIn } from '../../i18n/texts.js'
import { countriesInWords } from '../../transfers/page.js'
import { countries, countryName, type Law } from '../../transfers/rules.js'
import {
  contactRoles,
  engagementState,
  incompleteness,
  isRedacted,
  type Engagement,
  type Service,
  type Vendor,
} from '../rules.js'
import { completenessState, customersInWords, numberInWords, servicesInWords, stateOf } from './words.js'

/** `approvedBy`: how many customers have each engagement approved. */
export function vendorEngagementRows(
  law: Law,
  vendor: Vendor,
  engagements: readonly Engagement[],
  services: readonly Service[],
  approvedBy: ReadonlyMap<string, { customers: number; capped: boolean }>,
  today: Day,
  locale: Locale,
) {
  const t = textIn(locale)
  return engagements.map((engagement) => {
    const { customers, capped } = approvedBy.get(engagement._id) ?? { customers: 0, capped: false }
    return {
      url: `/engagements/${engagement.reference}`,
      reference: engagement.reference,
      activity: engagement.activity[locale] || engagement.activity.da,
      role: t(`register:role.${engagement.role}`),
      services: servicesInWords(engagement.services, services, locale),
      storage: countriesInWords(engagement.storageCountries, locale),
      access: countriesInWords(engagement.accessCountries, locale),
      customers: customers === 0 ? '' : customersInWords(customers, capped, locale),
      state: stateOf(engagementState(engagement, customers, today), locale),
      completeness: completenessState(incompleteness(vendor, engagement, { law, day: today }), locale),
    }
  })
}

export function vendorFactsInWords(vendor: Vendor, locale: Locale) {
  const t = textIn(locale)
  return {
    number: numberInWords(vendor.registration, locale),
    keptBecause: vendor.registration?.keptBecause ?? '',
    noNumber: vendor.registration === null ? (vendor.noRegistrationBecause ?? '') : '',
    country: vendor.country === null ? '' : countryName(vendor.country, locale),
    redacted: isRedacted(vendor.name) || isRedacted(vendor.address),
    contacts: vendor.contacts.map((contact) => ({
      ...contact,
      roleName: t(`register:contact-role.${contact.role}`),
      language: t(`register:language.${contact.locale}`),
    })),
  }
}

export function vendorChoicesIn(locale: Locale) {
  const t = textIn(locale)
  return {
    kinds: registrationKinds.map((value) => ({ value, text: t(`register:registration-kind.${value}`) })),
    countries: countries(locale).map(({ code, name }) => ({ value: code, text: name })),
    contactRoles: contactRoles.map((value) => ({ value, text: t(`register:contact-role.${value}`) })),
    locales: (['da', 'en'] as const).map((value) => ({ value, text: t(`register:language.${value}`) })),
  }
}

/** The stored values as the form names its fields. */
export function vendorFields(vendor: Vendor | null) {
  return {
    name: vendor?.name ?? '',
    registrationKind: vendor?.registration?.kind ?? 'CVR',
    registrationNumber: vendor?.registration?.number ?? '',
    keptBecause: vendor?.registration?.keptBecause ?? '',
    noRegistrationBecause: vendor?.noRegistrationBecause ?? '',
    address: vendor?.address ?? '',
    country: vendor?.country ?? '',
    website: vendor?.website ?? '',
    contacts: (vendor?.contacts ?? []).map((contact) => ({ ...contact })),
  }
}

/** In the form rows repeat: as many as were typed, or are stored, and one to fill in. */
export function rowCount(typed: unknown, stored: number, adding: boolean): number {
  const rows = Array.isArray(typed)
    ? typed.length
    : typeof typed === 'object' && typed !== null
      ? Object.keys(typed).length
      : null
  if (rows === null) return stored + 1
  return rows + (adding ? 1 : 0)
}

export function nameIn(name: Bilingual, locale: Locale): string {
  return name[locale] || name.da || name.en
}
