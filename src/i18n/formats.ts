import { DateTime } from 'luxon'
import type { Locale } from '../base/context.js'
import type { Day } from '../base/day.js'

const tag: Record<Locale, string> = { da: 'da-DK', en: 'en-GB' }

/** '1. december 2026' / '1 December 2026'. */
export function formatDay(day: Day, locale: Locale): string {
  return dayIn('long', day, locale)
}

const written = new Map<string, string>()
const mostWritten = 5000

/** Lists write the same few days over and over. */
function dayIn(month: 'long' | 'short', day: Day, locale: Locale): string {
  const key = `${month} ${locale} ${day}`
  const known = written.get(key)
  if (known !== undefined) return known
  const time = DateTime.fromISO(day, { zone: 'utc' }).setLocale(tag[locale])
  const text = time.toLocaleString({ day: 'numeric', month, year: 'numeric' })
  if (written.size >= mostWritten) written.clear()
  written.set(key, text)
  return text
}

/** With the weekday, for days that people act on: 'mandag den 4. januar 2027' / 'Monday 4 January 2027'. */
export function formatWeekday(day: Day, locale: Locale): string {
  const weekday = DateTime.fromISO(day, { zone: 'utc' }).setLocale(tag[locale]).toFormat('cccc')
  return locale === 'da' ? `${weekday} den ${formatDay(day, locale)}` : `${weekday} ${formatDay(day, locale)}`
}

/** For tables: '1. dec. 2026' / '1 Dec 2026'. */
export function formatShortDay(day: Day, locale: Locale): string {
  return dayIn('short', day, locale)
}

/** 'december 2026' / 'December 2026', of '2026-12'. */
export function formatMonth(month: string, locale: Locale): string {
  return DateTime.fromISO(month, { zone: 'utc' }).setLocale(tag[locale]).toFormat('LLLL yyyy')
}

/** '1. dec. 2026 kl. 15.59' / '1 Dec 2026, 15:59' on the clock of the zone. */
export function formatInstant(instant: Date, locale: Locale, zone: string): string {
  const time = DateTime.fromJSDate(instant, { zone }).setLocale(tag[locale])
  const day = time.toLocaleString({ day: 'numeric', month: 'short', year: 'numeric' })
  return locale === 'da' ? `${day} kl. ${time.toFormat('HH.mm')}` : `${day}, ${time.toFormat('HH:mm')}`
}

/** 'kl. 15.59' / '15:59' on the clock of the zone. */
export function formatClock(instant: Date, locale: Locale, zone: string): string {
  const time = DateTime.fromJSDate(instant, { zone })
  return locale === 'da' ? `kl. ${time.toFormat('HH.mm')}` : time.toFormat('HH:mm')
}

const numbers: Record<Locale, Intl.NumberFormat> = {
  da: new Intl.NumberFormat(tag.da, { useGrouping: true }),
  en: new Intl.NumberFormat(tag.en, { useGrouping: true }),
}

export function formatNumber(number: number, locale: Locale): string {
  return numbers[locale].format(number)
}

/** '24,3 MB' / '24.3 MB'. */
export function formatSize(bytes: number, locale: Locale): string {
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB']
  return `${new Intl.NumberFormat(tag[locale], { maximumFractionDigits: 1 }).format(size)} ${unit}`
}
