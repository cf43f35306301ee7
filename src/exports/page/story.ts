/** What happened, told from the sealed log and from what mail servers answered. */
import { eventName } from '../../audit-log/page.js'
import type { Entry } from '../../audit-log/rules.js'
import type { Locale } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { formatDay, formatInstant } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { MailRow } from '../../mail/rules.js'

export type StoryEntry = { at: Date; what: string; by: string }

/** Names of staff, by id; empty where they are not to be shown. */
export type Names = ReadonlyMap<string, string>

export function entryTold(
  { at, by, event }: Pick<Entry, 'at' | 'by' | 'event'>,
  names: Names,
  locale: Locale,
) {
  const t = textIn(locale)
  const name = names.get(by.id)
  return { at, what: eventName(event, locale), by: name ?? t(`exports:by.${by.kind}`) }
}

/** Each attempt at a mail, with what the server said to it. */
export function mailTold(mail: Pick<MailRow, 'kind' | 'to' | 'evidence'>, locale: Locale): StoryEntry[] {
  const t = textIn(locale)
  const to = mail.to.name ? `${mail.to.name} <${mail.to.address}>` : mail.to.address
  return mail.evidence.map(({ at, outcome, server, reply }) => ({
    at,
    what: t(`exports:mail.${outcome}`, { kind: mailKind(mail.kind, locale), to }),
    by: [server, reply].filter(Boolean).join(': '),
  }))
}

function mailKind(kind: string, locale: Locale): string {
  const t = textIn(locale)
  const known: Record<string, string> = {
    'notice-announcement': t('exports:kind.announcement'),
    'notice-correction': t('exports:kind.correction'),
    'notice-reminder': t('exports:kind.reminder'),
    'notice-withdrawal': t('exports:kind.withdrawal'),
    'objection-receipt': t('exports:kind.objection-receipt'),
    'objection-message': t('exports:kind.objection-message'),
    'objection-outcome': t('exports:kind.objection-outcome'),
  }
  return known[kind] ?? kind
}

/** Day by day, each day's events in their order. */
export function storyTable(
  story: readonly StoryEntry[],
  { locale, zone }: { locale: Locale; zone: string },
): { headings: string[]; rows: string[][]; widths: number[] } {
  const t = textIn(locale)
  const inOrder = story.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return {
    headings: [t('exports:index.when'), t('exports:index.what'), t('exports:index.by')],
    rows: inOrder.map(({ at, what, by }) => [formatInstant(at, locale, zone), what, by]),
    widths: [0.24, 0.44, 0.32],
  }
}

/** `2026-11-24|recipient.delivered` for what is counted by the day. */
export function dayKey({ at, event }: Pick<Entry, 'at' | 'event'>, zone: string): string {
  return `${dayOf(at, zone)}|${event}`
}

export function dayTable(days: ReadonlyMap<string, number>, locale: Locale) {
  const t = textIn(locale)
  const rows = [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => {
      const [day = '', event = ''] = key.split('|')
      return [formatDay(day, locale), eventName(event, locale), String(count)]
    })
  return {
    headings: [t('exports:index.day'), t('exports:index.what'), t('exports:index.customers')],
    rows,
    widths: [0.26, 0.56, 0.18],
  }
}
