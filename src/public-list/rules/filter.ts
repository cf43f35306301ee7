import { searcher, searchTokens } from '../../db/keys.js'
import { countryName, type CountryCode } from '../../transfers/rules.js'
import type { PublicEntry } from './entries.js'

export type Filter = { q: string; service: string; country: CountryCode }

/** `service`: its name, in either language, as the choices on the page give it. */
export function entriesFound(
  entries: readonly PublicEntry[],
  { q, service, country }: Filter,
): PublicEntry[] {
  const finds = searcher(q)
  return entries.filter(
    (entry) =>
      (service === '' || entry.services.some(({ da, en }) => da === service || en === service)) &&
      (country === '' || countriesOf(entry).includes(country)) &&
      finds(tokensOf(entry)),
  )
}

/** Where it has its seat, and where data lie or are seen from. */
export function countriesOf({ country, storage, access, places }: PublicEntry): CountryCode[] {
  const all = [...(country === null ? [] : [country]), ...storage, ...access]
  return [...new Set([...all, ...places.map((place) => place.country)])]
}

function tokensOf(entry: PublicEntry): string[] {
  return searchTokens(
    entry.id,
    entry.name,
    entry.registration?.number,
    entry.activity.da,
    entry.activity.en,
    ...entry.services.flatMap(({ da, en }) => [da, en]),
    ...countriesOf(entry).flatMap((code) => [countryName(code, 'da'), countryName(code, 'en')]),
  )
}
