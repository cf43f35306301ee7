import { DateTime } from 'luxon'
import type { Locale } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { formatClock, formatInstant, formatWeekday } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'

export type Reading = { locale: Locale; zone: string }

/** 'fredag den 23. oktober 2026 kl. 22.30'; with the offset where clocks show that time twice. */
export function momentInWords(at: Date, { locale, zone }: Reading): string {
  const day = formatWeekday(dayOf(at, zone), locale)
  const joined = locale === 'da' ? ' ' : ', '
  return `${day}${joined}${formatClock(at, locale, zone)}${offsetIfTwice(at, zone)}`
}

/** '23. okt. 2026 kl. 22.30', for tables. */
export function shortMoment(at: Date | null, { locale, zone }: Reading): string {
  return at === null ? '' : `${formatInstant(at, locale, zone)}${offsetIfTwice(at, zone)}`
}

/** The night clocks go back, 02.30 is shown twice: only the offset says which. */
function offsetIfTwice(at: Date, zone: string): string {
  const shown = DateTime.fromJSDate(at, { zone })
  return shown.getPossibleOffsets().length > 1 ? ` (UTC${shown.toFormat('ZZ')})` : ''
}

/** '3 t. 20 min.'; whole minutes, never below none. */
export function spanInWords(minutes: number, locale: Locale): string {
  const t = textIn(locale)
  const left = Math.max(0, Math.floor(minutes))
  const hours = Math.floor(left / 60)
  if (hours === 0) return t('breaches:span.minutes', { minutes: left })
  return left % 60 === 0
    ? t('breaches:span.hours', { hours })
    : t('breaches:span.both', { hours, minutes: left % 60 })
}

/** What the fields `<name>Day` and `<name>Time` show of an instant. */
export function fieldsOf(name: string, at: Date | null, zone: string): Record<string, string> {
  const shown = at && DateTime.fromJSDate(at, { zone })
  return {
    [`${name}Day`]: shown?.toFormat('yyyy-MM-dd') ?? '',
    [`${name}Time`]: shown?.toFormat('HH:mm') ?? '',
  }
}
