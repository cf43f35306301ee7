import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { textIn } from '../../i18n/texts.js'

/** A day by which something is due, as a calendar shows it: references, and no customer's name. */
export type DueDate = {
  kind: 'breach' | 'questionnaire' | 'finding' | 'statement' | 'send-by' | 'last-day' | 'permitted-on'
  reference: string
  day: Day
  /** Whose it is, where it is a vendor's; customers are never named. */
  vendor: string | null
  path: string
}

export function calendarEntries(due: readonly DueDate[], baseUrl: string, stamp: Date, locale: Locale) {
  const t = textIn(locale)
  return due.map(({ kind, reference, day, vendor, path }) => ({
    uid: `${kind}-${reference}@${new URL(baseUrl).hostname}`,
    summary: [reference, t(`dashboard:calendar.entry.${kind}`), vendor ?? ''].filter(Boolean).join(' · '),
    description: t('dashboard:calendar.description'),
    day,
    url: `${baseUrl}${path}`,
    stamp,
  }))
}
