import type { Locale } from '../../base/context.js'
import { countryName, sortedByName } from '../../transfers/rules.js'
import type { PublicEntry } from '../rules/entries.js'
import { countriesOf, entriesFound, type Filter } from '../rules/filter.js'
import { entryRow } from './entry.js'

/** More than nearly any house has; the rest is on further pages. */
const rowsAPage = 200

/** The list as anyone reads it, with what may be filtered by. `page` counts from 1. */
export function listPage(entries: readonly PublicEntry[], filter: Filter, page: number, locale: Locale) {
  const found = entriesFound(entries, filter)
  const pages = Math.max(1, Math.ceil(found.length / rowsAPage))
  const at = Math.min(Math.max(1, page), pages)
  const services = new Set(entries.flatMap(({ services: each }) => each.map((name) => name[locale])))
  return {
    rows: found.slice((at - 1) * rowsAPage, at * rowsAPage).map((entry) => entryRow(entry, locale)),
    count: found.length,
    all: entries.length,
    page: at,
    pages,
    filter,
    narrowed: filter.q !== '' || filter.service !== '' || filter.country !== '',
    services: [...services].toSorted((a, b) => a.localeCompare(b, locale)),
    countries: sortedByName([...new Set(entries.flatMap(countriesOf))], locale).map((code) => ({
      value: code,
      text: countryName(code, locale),
    })),
  }
}
