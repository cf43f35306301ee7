import type { Bilingual, Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import facts from './countries.json' with { type: 'json' }

/** ISO 3166-1 alpha-2, such as 'DK'. */
export type CountryCode = string

/**
 * A decision of the Commission under Art. 45. It holds from `date` up to and including `expires`.
 * `limited`: it covers part of the country only, as `scope` says; the importer must be within it.
 * `requiresListing`: it covers only those on a list (the EU-US Data Privacy Framework).
 */
export type Adequacy = {
  decision: string
  date: Day
  expires?: Day
  limited: boolean
  requiresListing?: string
  scope: Bilingual
}

export type Country = {
  code: CountryCode
  name: Bilingual
  eea: boolean
  adequacy: Adequacy | null
  note?: Bilingual
}

/** What a transfer could once stand on, and who ended it. `invalidFrom` is the first day it holds no longer. */
export type EndedBasis = { id: string; decision: string; name: string; invalidFrom: Day; by: string }

/** An international organisation is a destination of its own (Art. 44), so it stands beside the countries. */
const places = [...(facts.countries as Country[]), ...(facts.organisations as Country[])]
const byCode = new Map(places.map((place) => [place.code, place]))

export const endedBases = facts.obsoleteBases as EndedBasis[]

/** The day the facts were last compared with their sources. */
export const factsCheckedOn: Day = facts.lastSourceCheck

export function countryOf(code: CountryCode): Country | null {
  return byCode.get(code) ?? null
}

/** The 27, Iceland, Liechtenstein and Norway with what belongs to the EU. Not Greenland, the Faroe Islands, Switzerland, the UK. */
export function isEea(code: CountryCode): boolean {
  return byCode.get(code)?.eea === true
}

export function countryName(code: CountryCode, locale: Locale): string {
  return byCode.get(code)?.name[locale] ?? code
}

const collators = { da: new Intl.Collator('da-DK'), en: new Intl.Collator('en-GB') }

const sorted = Object.fromEntries(
  (['da', 'en'] as const).map((locale) => [
    locale,
    (facts.countries as Country[])
      .map(({ code, name, eea }) => ({ code, name: name[locale], eea }))
      .toSorted((a, b) => collators[locale].compare(a.name, b.name)),
  ]),
) as Record<Locale, { code: CountryCode; name: string; eea: boolean }[]>

/** Every country by name, sorted as readers of the language expect (Danish: Åland last). */
export function countries(locale: Locale): readonly { code: CountryCode; name: string; eea: boolean }[] {
  return sorted[locale]
}

export function sortedByName(codes: readonly CountryCode[], locale: Locale): CountryCode[] {
  return codes.toSorted((a, b) => collators[locale].compare(countryName(a, locale), countryName(b, locale)))
}

/** The adequacy decision that holds for the country on the day; null for the EEA, which needs none. */
export function adequacyOn(code: CountryCode, day: Day): Adequacy | null {
  const adequacy = byCode.get(code)?.adequacy
  if (!adequacy || day < adequacy.date) return null
  return adequacy.expires !== undefined && day > adequacy.expires ? null : adequacy
}
