import type { Bilingual, Locale } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import { countries, countryName, type CountryCode } from '../countries.js'
import { decisionsAbout, endOf, holdsOn, scopeOn } from './decisions.js'
import type { DecisionContent, DecisionFacts, Ending, Law, LawOn, Scope } from './decisions.js'

/** Where the lists of regions below are from. */
export const regionsSource = 'TFEU art. 349, 355'

/**
 * Regions that lie elsewhere and belong to the Union with their state: where it goes, they go. Not Greenland, the Faroe Islands,
 * New Caledonia or any other of the countries and territories of art. 198. `from`: where they became part later than the state.
 */
const regions: Readonly<Record<CountryCode, { of: CountryCode; from?: Day }>> = {
  AX: { of: 'FI' },
  GF: { of: 'FR' },
  GP: { of: 'FR' },
  MF: { of: 'FR' },
  MQ: { of: 'FR' },
  RE: { of: 'FR' },
  // European Council Decision 2012/419/EU.
  YT: { of: 'FR', from: '2014-01-01' },
}

/** The state the region belongs to; null for a state. */
export function regionOf(code: CountryCode): CountryCode | null {
  return regions[code]?.of ?? null
}

/** The state and the regions that go with it. */
export function withRegions(state: CountryCode): CountryCode[] {
  return [state, ...Object.keys(regions).filter((code) => regions[code]?.of === state)]
}

/** `transition`: it has left, and an agreement has the law apply to it for a while; null for a member. */
export type MembershipFacts = { decision: DecisionFacts; transition: Scope | null }

/** By what the country is in the EU or the EEA on the day, so that data may go there without a basis; null where it is not. */
export function membershipOn(law: Law, code: CountryCode, day: Day): MembershipFacts | null {
  const region = regions[code]
  if (region?.from !== undefined && day < region.from) return null
  const decision = membershipsOf(law, code).find((each) => holdsOn(each, day))
  if (!decision) return null
  const scope = decision.scopes.some(({ from }) => from <= day) ? scopeOn(decision, day) : null
  return { decision, transition: scope?.limited ? scope : null }
}

/** All there ever were, with what is to come; the newest first. */
export function membershipsOf(law: Law, code: CountryCode): DecisionFacts[] {
  return decisionsAbout(law, regionOf(code) ?? code).filter(({ kind }) => kind === 'membership')
}

/** In the EU or the EEA, or treated so by an agreement: nothing sent there is a transfer (Art. 44; EEA Joint Committee 154/2018). */
export function isEea(law: Law, code: CountryCode, day: Day): boolean {
  return membershipOn(law, code, day) !== null
}

/** The next day on which one of them comes in or falls out; null where none is known. */
export function nextMembershipDay(law: Law, codes: readonly CountryCode[], after: Day): Day | null {
  const days = codes.flatMap((code) =>
    membershipsOf(law, code).flatMap((each) => [each.from, endOf(each), regions[code]?.from ?? null]),
  )
  return days.flatMap((day) => (day !== null && day > after ? [day] : [])).toSorted()[0] ?? null
}

/** Countries by name, and whether they are in the EEA on the day. */
export function countriesOn({ law, day }: LawOn, locale: Locale) {
  return countries(locale).map((country) => ({ ...country, eea: isEea(law, country.code, day) }))
}

/** A state that comes in, as it is entered. */
export type MembershipInput = {
  number: string
  from: Day
  source: string
  sourceUrl: string | null
  note: Bilingual
}

export function newMembership(
  code: CountryCode,
  { sourceUrl, ...input }: MembershipInput,
  today: Day,
  by: string | null,
): DecisionContent {
  return {
    kind: 'membership',
    country: code,
    name: { da: `EU/EØS: ${countryName(code, 'da')}`, en: `EU/EEA: ${countryName(code, 'en')}` },
    ...input,
    ...(sourceUrl === null ? {} : { sourceUrl }),
    until: null,
    ended: null,
    scopes: [],
    checked: { on: today, by },
  }
}

/** How a state leaves: its last day as a member, and to which day an agreement has the law apply to it nevertheless. */
export type Leaving = {
  lastDay: Day
  by: string
  source: string
  transition: { until: Day; text: Bilingual } | null
}

/** As the United Kingdom: a member to 31 January 2020, treated as one to 31 December 2020 (Withdrawal Agreement, art. 126-127). */
export function afterLeaving(
  { scopes }: Pick<DecisionContent, 'scopes'>,
  { lastDay, by, source, transition }: Leaving,
): { ended: Ending; scopes: Scope[] } {
  const out = addDays(lastDay, 1)
  if (transition === null) return { ended: { on: out, by, source }, scopes }
  return {
    ended: { on: addDays(transition.until, 1), by, source },
    scopes: [
      ...scopes.filter(({ from }) => from < out),
      { from: out, limited: true, text: transition.text, by },
    ],
  }
}

/** The law with one decision otherwise than it is on record, or with one more. */
export function lawWith(law: Law, decision: DecisionFacts): Law {
  const others = law.decisions.filter(({ _id }) => _id !== decision._id)
  return { decisions: [...others, decision] }
}
