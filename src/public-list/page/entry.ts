import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { numberInWords } from '../../register/page.js'
import { basisInShort } from '../../transfers/page.js'
import { countryName, sortedByName, type CountryCode, type SccModule } from '../../transfers/rules.js'
import type { ComparedField } from '../rules/editions.js'
import type { PublicEntry } from '../rules/entries.js'

/** Its name, or what it is called instead. */
export function calledIn(
  { named, name, id }: Pick<PublicEntry, 'named' | 'name' | 'id'>,
  locale: Locale,
): string {
  return named ? name : textIn(locale)('public-list:unnamed', { id })
}

/** A row of the list, in the reader's words. */
export function entryRow(entry: PublicEntry, locale: Locale) {
  const t = textIn(locale)
  const said = (field: ComparedField) => fieldInWords(field, entry, locale)
  return {
    id: entry.id,
    name: calledIn(entry, locale),
    named: entry.named,
    further: entry.further ? t('public-list:further') : '',
    registration: said('registration'),
    country: said('country'),
    activity: said('activity'),
    services: said('services'),
    storage: said('storage'),
    access: said('access'),
    places: placesOf(entry, locale),
    bases: basesOf(entry, locale),
    noTransfer:
      entry.bases.length + entry.outside.length === 0 && entry.storage.length + entry.access.length > 0,
    since: formatDay(entry.since, locale),
    used: entry.used,
  }
}

export function fieldInWords(field: ComparedField, entry: PublicEntry, locale: Locale): string {
  const t = textIn(locale)
  switch (field) {
    case 'name':
      return entry.name
    case 'registration':
      return numberInWords(entry.registration, locale)
    case 'country':
      return entry.country === null ? '' : countryName(entry.country, locale)
    case 'activity':
      return entry.activity[locale]
    case 'services':
      return entry.services.map((name) => name[locale]).join(', ')
    case 'storage':
      return countriesInWords(entry.storage, locale)
    case 'access':
      return countriesInWords(entry.access, locale)
    case 'places':
      return placesOf(entry, locale).join(', ')
    case 'bases':
      return basesOf(entry, locale).join(', ')
    case 'outside':
      return countriesInWords(entry.outside, locale)
    case 'further':
      return t(entry.further ? 'public-list:further' : 'public-list:direct')
    case 'used':
      return t(entry.used ? 'public-list:used' : 'public-list:not-used')
    case 'since':
      return formatDay(entry.since, locale)
  }
}

function countriesInWords(codes: readonly CountryCode[], locale: Locale): string {
  return sortedByName(codes, locale)
    .map((code) => countryName(code, locale))
    .join(', ')
}

function placesOf({ places }: PublicEntry, locale: Locale): string[] {
  const t = textIn(locale)
  const said = places.map(({ kind, country, address }) =>
    [t(`public-list:place.${kind}`), address.replaceAll('\n', ', '), countryName(country, locale)]
      .filter(Boolean)
      .join(', '),
  )
  return [...new Set(said)]
}

/** Nothing is said of a basis that nobody has stated: neither that there is one nor that none is needed. */
function basesOf({ bases, outside }: PublicEntry, locale: Locale): string[] {
  const t = textIn(locale)
  const without = outside.filter((code) => !bases.some(({ country }) => country === code))
  const lacking = without.map((code) => `${countryName(code, locale)}: ${t('public-list:no-basis')}`)
  const stated = bases.map(({ country, basis, module }) => {
    const short = basisInShort(module === null ? { basis } : { basis, module: module as SccModule }, locale)
    return `${countryName(country, locale)}: ${short}`
  })
  return [...stated, ...lacking]
}
