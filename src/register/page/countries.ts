import type { Locale } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import { searcher, searchTokens } from '../../db/keys.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { basisInShort, linkState } from '../../transfers/page.js'
import {
  adequacyOn,
  countryName,
  countryOf,
  countryState,
  countryStates,
  decisionsAbout,
  destinations,
  endOf,
  endsSoon,
  judgeLinks,
  membershipOn,
  membershipsOf,
  needsCheck,
  regionOf,
  regionsSource,
  type CountryCode,
  type CountryState,
  type DecisionFacts,
  type Law,
} from '../../transfers/rules.js'
import type { EngagementRow } from '../rules.js'

const stateTones: Record<CountryState, string> = {
  eea: 'calm',
  'as-eea': 'wait',
  adequate: 'good',
  limited: 'info',
  'listed-only': 'info',
  none: 'wait',
}

export const countryNeeds = ['unchecked', 'ends'] as const
type CountryNeed = (typeof countryNeeds)[number]

export type CountrySearch = {
  q: string
  state: CountryState | null
  need: CountryNeed | null
  show: 'relevant' | 'all'
}

export function countryStateInWords(state: CountryState, locale: Locale) {
  return { tone: stateTones[state], word: textIn(locale)(`law:state.${state}`) }
}

export function countryChoices(locale: Locale) {
  const t = textIn(locale)
  return {
    states: countryStates.map((value) => ({ value, text: t(`law:state.${value}`) })),
    needs: countryNeeds.map((value) => ({ value, text: t(`law:need.${value}`) })),
    shows: (['relevant', 'all'] as const).map((value) => ({ value, text: t(`law:show.${value}`) })),
  }
}

/** Every country and organisation that fits, by name, with how it stands on the day. `used`: where our engagements go. */
export function countryList(
  law: Law,
  { q, state, need, show }: CountrySearch,
  used: ReadonlySet<CountryCode>,
  on: Day,
  locale: Locale,
) {
  const finds = searcher(q)
  // Whoever asks for a name or a state means all countries; else those that matter to this house come first.
  const all = show === 'all' || q.trim() !== '' || state !== null
  return destinations(locale)
    .filter((code) => all || used.has(code) || isNotable(law, code, on))
    .filter((code) => state === null || countryState(law, code, on) === state)
    .filter((code) => finds(namesOf(code)))
    .map((code) => countryRow(law, code, used.has(code), on, locale))
    .filter((row) => need === null || (need === 'ends' ? row.endsSoon : row.unchecked))
}

/** Members of the EEA are many and raise no question, unless one leaves or is to be looked up. */
function isNotable(law: Law, code: CountryCode, on: Day): boolean {
  return decisionsAbout(law, code).some(
    (each) => each.kind !== 'membership' || each.ended !== null || needsCheck(each, on),
  )
}

function namesOf(code: CountryCode): string[] {
  const names = countryOf(code)?.name
  return searchTokens(code, names?.da, names?.en)
}

function countryRow(law: Law, code: CountryCode, used: boolean, on: Day, locale: Locale) {
  const decision =
    membershipOn(law, code, on)?.decision ?? adequacyOn(law, code, on)?.decision ?? lastOf(law, code)
  const end = decision && endOf(decision)
  return {
    code,
    name: countryName(code, locale),
    url: `/countries/${code}`,
    used,
    state: countryStateInWords(countryState(law, code, on), locale),
    decision: decision?.number ?? '',
    end: end ? addDays(end, -1) : null,
    endsSoon: decision !== null && endsSoon(decision, on),
    checked: decision?.checked.on ?? null,
    unchecked: decision !== null && needsCheck(decision, on),
  }
}

function lastOf(law: Law, code: CountryCode): DecisionFacts | null {
  return decisionsAbout(law, code).find(({ kind }) => kind === 'adequacy') ?? null
}

/** What the house itself knows of the country: EEA since when and by which treaty, and what is special about it. */
export function countryFacts(law: Law, code: CountryCode, today: Day, locale: Locale): [string, string][] {
  const t = textIn(locale)
  const membership = membershipOn(law, code, today)
  const state = regionOf(code)
  const past = membershipsOf(law, code).find(({ from }) => from <= today)
  const note = countryOf(code)?.note?.[locale]
  return [
    [t('law:country.code'), code],
    [
      t('law:country.eea'),
      membership === null
        ? t('law:country.outside')
        : membership.transition !== null
          ? t('law:country.in-transition', { text: membership.transition.text[locale] })
          : state === null
            ? t('law:country.member', { day: formatDay(membership.decision.from, locale) })
            : t('law:country.part-of', { country: countryName(state, locale) }),
    ],
    ...(membership === null && past
      ? [
          [t('law:country.was'), t('law:country.was-until', { day: formatDay(lastDayOf(past), locale) })] as [
            string,
            string,
          ],
        ]
      : []),
    ...(state === null ? [] : [[t('law:country.eea-source'), regionsSource] as [string, string]]),
    ...(note ? [[t('law:country.note'), note] as [string, string]] : []),
  ]
}

/** The last day it was a member; a transition after it is no membership. */
function lastDayOf({ scopes, ended, from }: DecisionFacts): Day {
  return addDays(scopes.find(({ limited }) => limited)?.from ?? ended?.on ?? from, -1)
}

/** What we have there: each engagement with its bases for this country and whether they hold. */
export function engagementsThere(
  law: Law,
  rows: readonly EngagementRow[],
  code: CountryCode,
  today: Day,
  locale: Locale,
) {
  return rows.map((row) => {
    const { storageCountries, accessCountries, transfers, role } = row
    const link = judgeLinks(law, storageCountries, accessCountries, transfers, today, role).find(
      ({ country }) => country === code,
    )
    return {
      url: `/engagements/${row.reference}`,
      reference: row.reference,
      name: row.vendorName,
      activity: row.activity[locale] || row.activity.da,
      stored: storageCountries.includes(code),
      seen: accessCountries.includes(code),
      basis: (link?.transfers ?? []).map(({ transfer }) => basisInShort(transfer, locale)).join(' + '),
      state: link ? linkState(link, locale) : null,
    }
  })
}
