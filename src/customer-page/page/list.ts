/** The customer's approved list on a day: the four columns of B.1, and where and on what basis. */
import { annexBOffer } from '../../annex-b/page.js'
import { locales, type Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { activityOf } from '../../register/page.js'
import { correctedAfter, type ListRow } from '../../register/rules.js'
import { countryName, sortedByName, transfersNeeded, type Law, type LawOn } from '../../transfers/rules.js'

export function listPage(
  customer: { name: string },
  rows: readonly ListRow[],
  on: Day,
  law: Law,
  reader: { locale: Locale; base: string; today: Day },
) {
  const { locale, base, today } = reader
  const t = textIn(locale)
  return {
    title: t('customer-page:list.title'),
    lead: t(on === today ? 'customer-page:list.leadToday' : 'customer-page:list.lead', {
      customer: customer.name,
      day: formatDay(on, locale),
      count: rows.length,
    }),
    on,
    base,
    url: `${base}/list`,
    // Nothing approved that day: no list to print.
    offer:
      rows.length > 0 ? annexBOffer(`${base}/list/annex-b`, { on, today, dayFixed: true }, locale) : null,
    rows: rows.map((row) => listed(row, { law, day: on }, locale, t)),
  }
}

function listed(row: ListRow, at: LawOn, locale: Locale, t: Text) {
  const { reference, content, approvedFrom, kind } = row
  const { corrections } = correctedAfter(row, at.day)
  const { registration, address, country, storageCountries, accessCountries, contact } = content
  const named = (codes: readonly string[]) =>
    sortedByName(codes, locale)
      .map((code) => countryName(code, locale))
      .join(', ')
  return {
    reference,
    name: content.vendorName,
    number: registration
      ? `${registration.kind === 'other' ? '' : `${registration.kind} `}${registration.number}`
      : (content.noRegistrationBecause ?? t('chain:number-unstated')),
    address: withCountry(address || t('chain:no-address'), country, locale),
    // What nobody has stated is said: it is to be at hand of everyone (22/2024, paras 31-32).
    contact: contact
      ? t('customer-page:list.contact', {
          contact: [contact.name, contact.email, contact.phone].filter(Boolean).join(', '),
        })
      : t('chain:no-contact'),
    activity: activityOf(content, locale) || t('chain:no-activity'),
    storage:
      storageCountries.length === 0
        ? t('chain:not-stored')
        : t('customer-page:list.storage', { countries: named(storageCountries) }),
    access:
      accessCountries.length === 0
        ? t('chain:not-accessed')
        : t('customer-page:list.access', { countries: named(accessCountries) }),
    basis: basisWords(content, at, locale, t),
    // A list that says otherwise than it did on the day says so, and why.
    marks: corrections.map(({ recordedOn, because }) =>
      t('past:mark.for-customer', { on: formatDay(recordedOn, locale), because }),
    ),
    since: t(`customer-page:list.since.${kind ?? 'baseline'}`, { day: formatDay(approvedFrom, locale) }),
  }
}

/** What the list of the day showed on that day itself and does not show any more; null where that is nothing. */
export function goneSince(rows: readonly ListRow[], on: Day, locale: Locale): string | null {
  if (rows.length === 0) return null
  const names = rows.map(({ content }) => content.vendorName)
  return textIn(locale)('customer-page:list.gone', {
    count: names.length,
    names: new Intl.ListFormat(locale).format(names),
    day: formatDay(on, locale),
  })
}

// Older lists write the country at the end of the address, in whichever language.
function withCountry(address: string, country: string | null, locale: Locale): string {
  if (country === null) return address
  const written = locales.some((each) =>
    address.toLowerCase().endsWith(countryName(country, each).toLowerCase()),
  )
  return written ? address : [address, countryName(country, locale)].filter(Boolean).join(', ')
}

/** Where no countries are known, nothing is said of transfers: that there are none is a statement too. */
function basisWords(
  { transfers, storageCountries, accessCountries }: ListRow['content'],
  { law, day }: LawOn,
  locale: Locale,
  t: Text,
): string {
  // A country whose basis nobody has entered is not left out: what is not stated is said (22/2024, para 88).
  const without = transfersNeeded(law, storageCountries, accessCountries, day).filter(
    (code) => !transfers.some(({ country }) => country === code),
  )
  const stated = [
    ...transfers.map(
      ({ country, basis }) => `${countryName(country, locale)}: ${t(`transfers:basis.${basis}`)}`,
    ),
    ...without.map((code) => `${countryName(code, locale)}: ${t('chain:no-basis')}`),
  ]
  if (stated.length > 0) return stated.join('; ')
  return storageCountries.length === 0 || accessCountries.length === 0 ? '' : t('customer-page:list.noBasis')
}
