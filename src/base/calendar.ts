import { createRequire } from 'node:module'
import type Holidays from 'date-holidays'
import { addDays, weekdayOf, type Day } from './day.js'

export type NonBusinessReason = 'saturday' | 'sunday' | 'holiday' | 'closed-day'
export type HolidayName = { da: string; en: string }

type Holiday = { reason: 'holiday' | 'closed-day'; name: HolidayName }

// Not statutory holidays, yet days on which Danish offices are shut: forældelsesloven § 27(2) moves a period that ends on
// one of them just as it does for a holiday.
const closedDays: Record<string, HolidayName> = {
  '06-05': { da: 'Grundlovsdag', en: 'Constitution Day' },
  '12-24': { da: 'Juleaften', en: 'Christmas Eve' },
  '12-31': { da: 'Nytårsaften', en: "New Year's Eve" },
}

// 'public' only: the library also lists observances (1 May, Mother's Day) on which Danish offices are open. It knows that
// Store Bededag was a holiday to 2023 and is none from 2024.
let denmark: Holidays | undefined
const years = new Map<string, Map<Day, Holiday>>()

// A hundred modules, with the astronomy of other calendars: loaded when the first date is reckoned, as no start needs one.
function holidaysOfDenmark(): Holidays {
  if (!denmark) {
    const Known = createRequire(import.meta.url)('date-holidays') as typeof Holidays
    denmark = new Known('DK', { types: ['public'] })
  }
  return denmark
}

/** Monday to Friday, and neither a public holiday in Denmark nor 5 June, 24 or 31 December. */
export function isBusinessDay(day: Day): boolean {
  return nonBusinessReason(day) === null
}

/** Why the day is no business day; null if it is one. A holiday that falls on a Sunday is told as the holiday. */
export function nonBusinessReason(day: Day): NonBusinessReason | null {
  const weekday = weekdayOf(day)
  const holiday = holidayOn(day)
  if (holiday) return holiday.reason
  if (weekday === 6) return 'saturday'
  if (weekday === 7) return 'sunday'
  return null
}

/** What the holiday or closed day is called; null on any other day. */
export function holidayName(day: Day): HolidayName | null {
  return holidayOn(day)?.name ?? null
}

/** The day itself if it is a business day, else the first one after it. */
export function nextBusinessDay(day: Day): Day {
  let candidate = day
  while (!isBusinessDay(candidate)) candidate = addDays(candidate, 1)
  return candidate
}

/** The first business day that is later than the day. */
export function businessDayAfter(day: Day): Day {
  return nextBusinessDay(addDays(day, 1))
}

/** The count-th business day after the day, which itself is not counted whatever it is; with 0, the day unchanged. */
export function addBusinessDays(day: Day, count: number): Day {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError('business days are counted forwards only')
  let reached = day
  for (let counted = 0; counted < count; counted++) reached = businessDayAfter(reached)
  return reached
}

function holidayOn(day: Day): Holiday | undefined {
  const year = day.slice(0, 4)
  let holidays = years.get(year)
  if (!holidays) {
    holidays = holidaysIn(year)
    years.set(year, holidays)
  }
  return holidays.get(day)
}

function holidaysIn(year: string): Map<Day, Holiday> {
  const found = new Map<Day, Holiday>()
  for (const [date, name] of Object.entries(closedDays))
    found.set(`${year}-${date}`, { reason: 'closed-day', name })
  // Second, so that the holiday wins where the two meet: Whit Monday is on 5 June in 2028.
  const known = holidaysOfDenmark()
  const english = new Map(known.getHolidays(Number(year), 'en').map(({ date, name }) => [date, name]))
  for (const { date, name } of known.getHolidays(Number(year), 'da'))
    found.set(date.slice(0, 10), { reason: 'holiday', name: { da: name, en: english.get(date) ?? name } })
  return found
}
