/** A change in words and rows: the same in mails, in the PDF and on every page. */
import type { Bilingual, Locale } from '../../base/context.js'
import type { NoticePeriod } from '../../base/period.js'
import { textIn, type Text } from '../../i18n/texts.js'
import type { EngagementContent } from '../../register/rules.js'
import {
  countryName,
  shippedLaw,
  sortedByName,
  transfersNeeded,
  type Transfer,
} from '../../transfers/rules.js'
import { callingOf, comes, goes, isContinued, type Line } from '../rules/notice.js'

/** What services are called, by id. */
export type ServiceNames = ReadonlyMap<string, Bilingual>

export type Rows = [label: string, value: string][]

/** 'Acme ApS is added', 'Acme ApS replaces Beta A/S', 'Beta A/S is removed'. */
export function lineTitle(line: Line, t: Text): string {
  return t(`notices:line.${callingOf(line)}`, {
    place: line.content?.places[0]?.address ?? '–',
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
  const compared = comparedRows(line, services, locale)
  if (compared) return changedInWords(line, compared, t)
  const coming = comes(line)
  const going = goes(line)
  return [
    ...(coming ? contentRows(coming, services, locale, line.outside) : []),
    ...(coming && going ? [[t('notices:row.instead-of'), identity(going)] as [string, string]] : []),
    ...(going && !coming ? contentRows(going, services, locale, line.outside).slice(0, 4) : []),
  ]
}

export type ComparedRow = { label: string; before: string; after: string; same: boolean }

/** What of one and the same vendor reads differently after the change or the correction; null where another comes or goes. */
export function comparedRows(line: Line, services: ServiceNames, locale: Locale): ComparedRow[] | null {
  const { content, replacedContent, kind, outside } = line
  if (!content || !replacedContent) return null
  if (kind !== 'correction' && !isContinued(line)) return null
  return compare(
    contentRows(replacedContent, services, locale, outside),
    contentRows(content, services, locale, outside),
  )
}

/** Rows by label, in the order of what comes; what only the one that goes has, follows. */
export function compare(before: Rows, after: Rows): ComparedRow[] {
  const old = new Map(before)
  const now = new Map(after)
  return [...new Set([...now.keys(), ...old.keys()])].map((label) => ({
    label,
    before: old.get(label) ?? '',
    after: now.get(label) ?? '',
    same: old.get(label) === now.get(label),
  }))
}

/** A change: all that the customer approves, with what was before beside what is new. A correction: only what is put right. */
function changedInWords({ kind }: Line, compared: readonly ComparedRow[], t: Text): Rows {
  const labels = compared.filter(({ same }) => !same).map(({ label }) => label)
  const shown = kind === 'correction' ? compared.filter(({ same }, row) => !same || row === 0) : compared
  return [
    [t(kind === 'correction' ? 'changes:row.corrects' : 'changes:row.changes'), labels.join(', ')],
    ...shown.map(({ label, before, after, same }): [string, string] => [
      label,
      same
        ? after
        : t(kind === 'correction' ? 'changes:row.corrected' : 'changes:row.until-now', {
            after: after || '–',
            before: before || t('changes:row.nothing'),
          }),
    ]),
  ]
}

/** `outside`: the line's countries outside the EEA. Lines frozen before members of the EEA were dated do not have it. */
export function contentRows(
  content: EngagementContent,
  services: ServiceNames,
  locale: Locale,
  outside: readonly string[] = membersWere(content),
): Rows {
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
    [t('notices:row.transfers'), transfersInWords(content, outside, locale, t)],
  ]
  return rows.filter(([, value]) => value !== '')
}

function membersWere({ storageCountries, accessCountries }: EngagementContent): string[] {
  return transfersNeeded(shippedLaw, storageCountries, accessCountries, '2026-11-22')
}

/** 'Acme ApS (CVR 12345674)'. */
function identity({ vendorName, registration }: EngagementContent): string {
  if (!registration) return vendorName
  return `${vendorName} (${registration.kind === 'other' ? '' : `${registration.kind} `}${registration.number})`
}

// That there are no transfers is a statement too: it is made only where all countries are known.
function transfersInWords(
  { transfers, storageCountries, accessCountries }: EngagementContent,
  outside: readonly string[],
  locale: Locale,
  t: Text,
): string {
  if (transfers.length > 0)
    return transfers.map((transfer) => transferInWords(transfer, locale, t)).join('; ')
  const known = storageCountries.length > 0 && accessCountries.length > 0
  return known && ![...storageCountries, ...accessCountries].some((code) => outside.includes(code))
    ? t('notices:row.no-transfers')
    : ''
}

function transferInWords({ country, basis, module }: Transfer, locale: Locale, t: Text): string {
  const words = t(`transfers:basis.${basis}`)
  const detail = module === undefined ? words : t('notices:row.module', { basis: words, module })
  return `${countryName(country, locale)}: ${detail}`
}
