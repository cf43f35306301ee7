/** A change in words and rows: the same in mails, in the PDF and on every page. */
import type { Bilingual, Locale } from '../../base/context.js'
import type { NoticePeriod } from '../../base/period.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { EngagementContent } from '../../register/rules.js'
import { countryName, sortedByName, transfersNeeded, type Transfer } from '../../transfers/rules.js'
import { comes, goes, type Line } from '../rules/notice.js'

/** What services are called, by id. */
export type ServiceNames = ReadonlyMap<string, Bilingual>

export type Rows = [label: string, value: string][]

/** 'Acme ApS is added', 'Acme ApS replaces Beta A/S', 'Beta A/S is removed'. */
export function lineTitle(line: Line, t: Text): string {
  return t(`notices:line.${line.kind}`, {
    name: line.content?.vendorName ?? '–',
    replaced: line.replacedContent?.vendorName ?? '–',
  })
}

export function linesInWords(lines: readonly Line[], t: Text): string {
  return lines.map((line) => lineTitle(line, t)).join('; ')
}

/** Names of what the notice is about, for subjects and file names. */
export function namesIn(lines: readonly Line[]): string {
  return lines.map(({ content }) => content?.vendorName ?? '–').join(', ')
}

export function periodInWords({ length, unit }: NoticePeriod, t: Text): string {
  return t(`notices:period.${unit}`, { count: length })
}

/** Who, what, where: all that a customer needs to judge the sub-processor that comes, or to know the one that goes. */
export function lineRows(line: Line, services: ServiceNames, locale: Locale): Rows {
  const t = textIn(locale)
  const coming = comes(line)
  const going = goes(line)
  return [
    ...(coming ? contentRows(coming, services, locale) : []),
    ...(coming && going ? [[t('notices:row.instead-of'), identity(going)] as [string, string]] : []),
    ...(going && !coming ? contentRows(going, services, locale).slice(0, 4) : []),
  ]
}

export function contentRows(content: EngagementContent, services: ServiceNames, locale: Locale): Rows {
  const t = textIn(locale)
  const { address, country, contact, places } = content
  const named = (codes: readonly string[]) =>
    sortedByName(codes, locale)
      .map((code) => countryName(code, locale))
      .join(', ')
  const rows: Rows = [
    [t('notices:row.who'), identity(content)],
    [
      t('notices:row.address'),
      [address, country ? countryName(country, locale) : ''].filter(Boolean).join(', '),
    ],
    [t('notices:row.activity'), content.activity[locale]],
    [
      t('notices:row.services'),
      content.services
        .map((id) => services.get(id)?.[locale] ?? '')
        .filter(Boolean)
        .join(', '),
    ],
    [
      t('notices:row.contact'),
      contact ? [contact.name, contact.email, contact.phone].filter(Boolean).join(', ') : '',
    ],
    [t('notices:row.stored-in'), named(content.storageCountries)],
    [t('notices:row.seen-from'), named(content.accessCountries)],
    [
      t('notices:row.places'),
      places.map((place) => `${place.address}, ${countryName(place.country, locale)}`).join('; '),
    ],
    [t('notices:row.transfers'), transfersInWords(content, locale, t)],
  ]
  return rows.filter(([, value]) => value !== '')
}

/** 'Acme ApS (CVR 12345674)'. */
function identity({ vendorName, registration }: EngagementContent): string {
  if (!registration) return vendorName
  return `${vendorName} (${registration.kind === 'other' ? '' : `${registration.kind} `}${registration.number})`
}

// That there are no transfers is a statement too: it is made only where all countries are known.
function transfersInWords(
  { transfers, storageCountries, accessCountries }: EngagementContent,
  locale: Locale,
  t: Text,
): string {
  if (transfers.length > 0)
    return transfers.map((transfer) => transferInWords(transfer, locale, t)).join('; ')
  const known = storageCountries.length > 0 && accessCountries.length > 0
  return known && transfersNeeded(storageCountries, accessCountries).length === 0
    ? t('notices:row.no-transfers')
    : ''
}

function transferInWords({ country, basis, module }: Transfer, locale: Locale, t: Text): string {
  const words = t(`transfers:basis.${basis}`)
  const detail = module === undefined ? words : t('notices:row.module', { basis: words, module })
  return `${countryName(country, locale)}: ${detail}`
}
