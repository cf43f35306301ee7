import { DateTime } from 'luxon'

/**
 * A calendar day as 'YYYY-MM-DD', such as '2026-11-21'. It has no time and no zone. Comparing two days is comparing
 * two strings: `a < b` means a is the earlier day.
 */
export type Day = string

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Years below 1900 are slips of the hand ('0026-11-21' from a date field), so the calendar begins here. */
export const firstDay: Day = '1900-01-01'

const dayShape = /^(?:19|[2-9]\d)\d\d-\d\d-\d\d$/
const timeShape = /^(?:[01]\d|2[0-3]):[0-5]\d$/
const millisecondsADay = 86_400_000

/** True for a day that is in the calendar, 1900 to 9999: not for '2026-02-29', '2026-2-9' or '2026-11-21T00:00'. */
export function isDay(x: unknown): x is Day {
  if (typeof x !== 'string' || !dayShape.test(x)) return false
  const { year, month, date } = partsOf(x)
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
}

/** The day it is in the zone at that instant. This, `instantAt` and `endOfDay` are the only ways between the two. */
export function dayOf(instant: Date, zone: string): Day {
  const day = DateTime.fromJSDate(instant, { zone }).toISODate()
  if (!isDay(day)) throw new RangeError('no such instant or zone')
  return day
}

/**
 * The instant at which clocks in the zone show the time ('HH:mm', 00:00 to 23:59) on the day. A time that is skipped
 * when clocks go forward means an hour later; one that comes twice when they go back means the first.
 */
export function instantAt(day: Day, time: string, zone: string): Date {
  if (!timeShape.test(time)) throw new RangeError('not a time of day')
  const shown = DateTime.fromISO(`${known(day)}T${time}`, { zone })
  if (!shown.isValid) throw new RangeError('no such instant or zone')
  // Left alone, luxon picks between the two by the offset that holds today: a hidden clock.
  return new Date(Math.min(...shown.getPossibleOffsets().map((possible) => possible.toMillis())))
}

/** 24:00 in the zone: the first instant that is no longer in the day. Compare with `<`. */
export function endOfDay(day: Day, zone: string): Date {
  return instantAt(addDays(day, 1), '00:00', zone)
}

export function addDays(day: Day, count: number): Day {
  return dayAt(midnight(day) + whole(count) * millisecondsADay)
}

/** The same date so many months on, or the last of that month if it has no such date: 31 January + 1 is 28 or 29 February. */
export function addMonths(day: Day, count: number): Day {
  const { year, month, date } = partsOf(known(day))
  const months = year * 12 + (month - 1) + whole(count)
  const toYear = Math.floor(months / 12)
  const toMonth = months - toYear * 12 + 1
  const toDate = Math.min(date, daysInMonth(toYear, toMonth))
  return known([toYear, toMonth, toDate].map((part) => String(part).padStart(2, '0')).join('-'))
}

/** How many days later `to` is than `from`; negative if it is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (midnight(to) - midnight(from)) / millisecondsADay
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: Day): Weekday {
  return (new Date(midnight(day)).getUTCDay() || 7) as Weekday
}

export function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b
}

export function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b
}

/** Both days are in it. */
export type Period = { from: Day; to: Day }

export function calendarYear(year: number): Period {
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

/** The year whose calendar year the period is; null where it is any other, such as 1 July to 30 June. */
export function yearOfPeriod({ from, to }: Period): number | null {
  const year = Number(from.slice(0, 4))
  const whole = calendarYear(year)
  return whole.from === from && whole.to === to ? year : null
}

export function isWithin(day: Day | null, { from, to }: Period): boolean {
  return day !== null && day >= from && day <= to
}

// Days are counted on the UTC calendar, where every day has 24 hours, so no clock change can make one longer or shorter.
function midnight(day: Day): number {
  const { year, month, date } = partsOf(known(day))
  return Date.UTC(year, month - 1, date)
}

function dayAt(utcMidnight: number): Day {
  const instant = new Date(utcMidnight)
  const day = Number.isNaN(instant.getTime()) ? '' : instant.toISOString().slice(0, 10)
  return known(day)
}

function known(day: Day): Day {
  if (!isDay(day)) throw new RangeError('not a day in the calendar')
  return day
}

function whole(count: number): number {
  if (!Number.isSafeInteger(count)) throw new RangeError('not a whole number')
  return count
}

function partsOf(day: string): { year: number; month: number; date: number } {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) }
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
