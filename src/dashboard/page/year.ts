import { DateTime } from 'luxon'
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn, type Text } from '../../i18n/texts.js'
import { foremost, monthsOf, yearKinds, yearsBeside, yearStates } from '../rules/year.js'
import type { YearCell, YearEvent, YearMonth, YearState } from '../rules/year.js'
import { signs, tones, wheelShown } from './wheel.js'

type Reader = { year: number; today: Day; locale: Locale }

/** In a month; the rest is a click away. */
const mostListed = 20

export function yearPage(events: readonly YearEvent[], reader: Reader) {
  const { year, today, locale } = reader
  const t = textIn(locale)
  const months = monthsOf(events, year)
  const present = Number(today.slice(0, 4))
  const cellAt = (month: number, ring: number) => months[month - 1]!.cells[ring]!
  return {
    title: t('year:title', { year: String(year) }),
    lead: leadOf(events, t),
    years: yearsBeside(year, present).map((each) => ({
      year: each,
      url: each === present ? '/year' : `/year?year=${each}`,
      current: each === year,
    })),
    kinds: yearKinds.map((kind) => t(`year:kind.${kind}`)),
    wheel: wheelShown(
      months,
      reader,
      (month, ring) => urlOf(cellAt(month, ring), month, year),
      (month, ring) =>
        t('year:hint', {
          month: monthName(month, locale),
          kind: t(`year:kind.${cellAt(month, ring).kind}`),
          counts: inWords(cellAt(month, ring), t),
        }),
    ),
    legend: yearStates.map((state) => ({
      sign: signs[state],
      tone: tones[state],
      word: t(`year:state.${state}`),
    })),
    desc: months.map((month) => `${monthName(month.month, locale)}: ${monthInWords(month, t)}.`).join(' '),
    months: months.map((month) => ({
      id: `month-${month.month}`,
      name: monthName(month.month, locale),
      now: month.first.slice(0, 7) === today.slice(0, 7),
      cells: month.cells.map((cell) => ({
        kind: t(`year:kind.${cell.kind}`),
        url: foremost(cell) === null ? null : urlOf(cell, month.month, year),
        states: yearStates
          .filter((state) => cell.counts[state] > 0)
          .map((state) => ({
            tone: tones[state],
            word: t(`year:count.${state}`, { count: cell.counts[state] }),
          })),
      })),
      ...listed(month, reader, t),
    })),
    empty: events.length === 0,
  }
}

function listed(month: YearMonth, { year, locale }: Reader, t: Text) {
  const rank = (state: YearState) => yearStates.indexOf(state)
  const all = month.cells
    .flatMap(({ events }) => events)
    .toSorted((a, b) => rank(a.state) - rank(b.state) || (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return {
    events: all.slice(0, mostListed).map((event) => eventShown(event, locale, t)),
    more: Math.max(0, all.length - mostListed),
    all: `/year/events?year=${year}&month=${month.month}`,
    count: all.length,
  }
}

function leadOf(events: readonly YearEvent[], t: Text): string {
  return countsInWords(events, t) || t('year:nothing')
}

export function countsInWords(events: readonly Pick<YearEvent, 'state'>[], t: Text): string {
  return yearStates
    .flatMap((state) => {
      const count = events.filter((event) => event.state === state).length
      return count === 0 ? [] : [t(`year:count.${state}`, { count })]
    })
    .join(', ')
}

export function eventShown({ what, day, state, reference, name, path }: YearEvent, locale: Locale, t: Text) {
  return {
    url: path,
    text: [t(what), name || reference].join(': '),
    note: formatShortDay(day, locale),
    state: { tone: tones[state], word: t(`year:state.${state}`) },
  }
}

/** One thing leads to itself; several to the list of exactly those. */
function urlOf({ kind, events }: YearCell, month: number, year: number): string {
  const [only, another] = events
  return only && !another ? only.path : `/year/events?year=${year}&month=${month}&kind=${kind}`
}

function inWords({ counts }: YearCell, t: Text): string {
  return yearStates
    .filter((state) => counts[state] > 0)
    .map((state) => t(`year:count.${state}`, { count: counts[state] }))
    .join(', ')
}

function monthInWords({ cells }: YearMonth, t: Text): string {
  const said = cells.filter((cell) => foremost(cell) !== null)
  if (said.length === 0) return t('year:nothing-short')
  return said.map((cell) => `${t(`year:kind.${cell.kind}`)} ${inWords(cell, t)}`).join('; ')
}

export function monthName(month: number, locale: Locale): string {
  return DateTime.utc(2026, month, 1).setLocale(locale).toFormat('LLLL')
}
