/** The lists that the wheel and the charts of the year lead to: exactly what was counted there. */
import type { Locale } from '../../base/context.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { DutyKind } from '../../supervision/rules.js'
import { countryName, sortedByName, type CountryCode } from '../../transfers/rules.js'
import type { Mapped } from '../../transfers/rules/map.js'
import type { NoticeTally, Standing } from '../rules/charts.js'
import { monthOf, yearStates, type YearEvent, type YearKind } from '../rules/year.js'
import { faredInWords, standingName } from './charts.js'
import { countsInWords, eventShown, monthName } from './year.js'

type Reader = { year: number; locale: Locale; page: number }
type Item = { url: string; text: string; note: string; state: { tone: string; word: string } | null }

/** Null: all of them. */
export type EventsAsked = { month: number | null; kind: YearKind | null; what: DutyKind | null }

const itemsAPage = 200

export function eventsCounted(events: readonly YearEvent[], asked: EventsAsked, reader: Reader) {
  const { year, locale } = reader
  const t = textIn(locale)
  const { month, kind, what } = asked
  const own = events
    .filter(
      (event) =>
        (month === null || monthOf(event, year) === month) &&
        (kind === null || event.kind === kind) &&
        (what === null || event.what === `year:what.${what}`),
    )
    .toSorted((a, b) =>
      inOrder(a, b, (event) => `${yearStates.indexOf(event.state)} ${event.day} ${event.reference}`),
    )
  const of =
    what !== null ? t(`year:what.${what}`) : kind !== null ? t(`year:kind.${kind}`) : t('year:counted.all')
  return {
    title: `${of}, ${month === null ? year : `${monthName(month, locale)} ${year}`}`,
    lead: countsInWords(own, t),
    back: backTo(year, locale),
    empty: t('year:nothing'),
    ...paged(own, `/year/events?${paramsOf({ year, month, kind, what })}`, reader.page, (event): Item =>
      eventShown(event, locale, t),
    ),
  }
}

/** Notices by the month they were sent in. */
export function noticesCountedPage(tallies: readonly NoticeTally[], month: number | null, reader: Reader) {
  const { year, locale } = reader
  const t = textIn(locale)
  const own = tallies.filter(({ issuedOn }) => month === null || Number(issuedOn.slice(5, 7)) === month)
  const when = month === null ? String(year) : `${monthName(month, locale)} ${year}`
  return {
    title: t('year:counted.notices', { when }),
    lead: t('year:chart.notice-count', { count: own.length }),
    back: backTo(year, locale),
    empty: t('year:chart.no-notices'),
    ...paged(own, `/year/notices?${paramsOf({ year, month })}`, reader.page, (tally): Item => ({
      url: `/notices/${tally.reference}`,
      text: tally.reference,
      note: [
        t('year:counted.sent', { day: formatShortDay(tally.issuedOn, locale) }),
        tally.counted ? faredInWords(tally, locale) : t('year:chart.uncounted', { count: 1 }),
      ]
        .filter(Boolean)
        .join(' · '),
      state: null,
    })),
  }
}

/** Sub-processors by the weakest of what they stand on today. */
export function standingPage(footing: Standing, of: readonly Mapped[], { year, locale, page }: Reader) {
  const t = textIn(locale)
  const own = of.toSorted((a, b) => a.name.localeCompare(b.name, locale))
  return {
    title: t('year:counted.bases', { footing: standingName(footing, t) }),
    lead: t('year:counted.sub-processors', { count: own.length }),
    back: backTo(year, locale),
    empty: t('year:counted.none'),
    ...paged(own, `/year/bases?${paramsOf({ footing })}`, page, ({ name, url, storage, access }): Item => ({
      url: url ?? '/register',
      text: name,
      note: [
        storage.length > 0 ? t('year:counted.stored', { countries: named(storage, locale) }) : '',
        access.length > 0 ? t('year:counted.seen', { countries: named(access, locale) }) : '',
      ]
        .filter(Boolean)
        .join(' · '),
      state: null,
    })),
  }
}

function backTo(year: number, locale: Locale): { url: string; text: string } {
  return { url: `/year?year=${year}`, text: textIn(locale)('year:title', { year: String(year) }) }
}

function paged<Each>(all: readonly Each[], address: string, page: number, shown: (each: Each) => Item) {
  const pages = Math.max(1, Math.ceil(all.length / itemsAPage))
  const at = Math.min(Math.max(1, page), pages)
  return {
    items: all.slice((at - 1) * itemsAPage, at * itemsAPage).map(shown),
    paging: {
      count: all.length,
      previous: at > 1 ? `${address}&page=${at - 1}` : null,
      next: at < pages ? `${address}&page=${at + 1}` : null,
    },
  }
}

function paramsOf(values: Record<string, string | number | null>): string {
  const given = Object.entries(values).filter(
    (entry): entry is [string, string | number] => entry[1] !== null,
  )
  return new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()
}

function named(codes: readonly CountryCode[], locale: Locale): string {
  return sortedByName(codes, locale)
    .map((code) => countryName(code, locale))
    .join(', ')
}

function inOrder<Each>(a: Each, b: Each, key: (each: Each) => string): number {
  const [first, second] = [key(a), key(b)]
  return first < second ? -1 : first > second ? 1 : 0
}
