import type { Bilingual, Locale } from '../base/context.js'
import facts from './countries.json' with { type: 'json' }

/** ISO 3166-1 alpha-2, such as 'DK'. */
export type CountryCode = string

/** What decisions there are about it, and whether it is in the EEA, stands in the law (`rules/`), which is dated and edited. */
export type Country = { code: CountryCode; name: Bilingual; note?: Bilingual }

/** An international organisation is a destination of its own (Art. 44), so it stands beside the countries. */
const places = [...(facts.countries as Country[]), ...(facts.organisations as Country[])]
const byCode = new Map(places.map((place) => [place.code, place]))

export function countryOf(code: CountryCode): Country | null {
  return byCode.get(code) ?? null
}

export function countryName(code: CountryCode, locale: Locale): string {
  return byCode.get(code)?.name[locale] ?? code
}

const collators = { da: new Intl.Collator('da-DK'), en: new Intl.Collator('en-GB') }

const sorted = Object.fromEntries(
  (['da', 'en'] as const).map((locale) => [
    locale,
    (facts.countries as Country[])
      .map(({ code, name }) => ({ code, name: name[locale] }))
      .toSorted((a, b) => collators[locale].compare(a.name, b.name)),
  ]),
) as Record<Locale, { code: CountryCode; name: string }[]>

/** Every country by name, sorted as readers of the language expect (Danish: Åland last). */
export function countries(locale: Locale): readonly { code: CountryCode; name: string }[] {
  return sorted[locale]
}

/** Countries and international organisations: everything a decision may be about, by name. */
export function destinations(locale: Locale): CountryCode[] {
  return sortedByName(
    places.map(({ code }) => code),
    locale,
  )
}

export function sortedByName(codes: readonly CountryCode[], locale: Locale): CountryCode[] {
  return codes.toSorted((a, b) => collators[locale].compare(countryName(a, locale), countryName(b, locale)))
}
