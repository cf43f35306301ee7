import type { Actor, Locale } from '../base/context.js'
import { endOfDay, instantAt, type Day } from '../base/day.js'
import { hasText, textIn } from '../i18n/texts.js'
import type { Check } from './records/checks.js'
import type { EntryFilter } from './records/entries.js'
import type { Entry } from './rules.js'

type Values = Record<string, unknown>

export type LogQuery = {
  kind?: string | undefined
  about?: string | undefined
  by?: string | undefined
  from?: Day | undefined
  to?: Day | undefined
}

export type LogRow = {
  at: Date
  by: Actor
  event: string
  kind: string
  /** The log, narrowed to the record it is about. */
  recordUrl: string
  facts: Values
  personal: Values | null
  /** What is told besides what was changed. */
  details: { field: string; value: string }[]
  erased: boolean
}

// Actors that are no persons of ours are chosen by what they are.
const groups = ['timer', 'customer', 'system'] as const

/** A person's id, or 'all-timer' for whatever acted by itself. */
export function byChoices(
  people: { _id: string; name: string }[],
  locale: Locale,
): { value: string; text: string }[] {
  const t = textIn(locale)
  return [
    ...people.map(({ _id, name }) => ({ value: _id, text: name })),
    ...groups.map((group) => ({ value: `all-${group}`, text: t(`audit-log:by.${group}`) })),
  ]
}

/** The query as a condition; days are whole days of the business' zone. */
export function filterOf(query: LogQuery, zone: string): EntryFilter {
  const { kind, about, by, from, to } = query
  const group = groups.find((name) => by === `all-${name}`)
  return {
    ...(kind ? { kind } : {}),
    ...(kind && about ? { about } : {}),
    ...(group ? { byKind: group } : by ? { by } : {}),
    ...(from ? { from: instantAt(from, '00:00', zone) } : {}),
    ...(to ? { before: endOfDay(to, zone) } : {}),
  }
}

export function logUrl(query: LogQuery, page?: string): string {
  const { kind, about, by, from, to } = query
  const given = Object.entries({ kind, about, by, from, to, page }).filter(([, value]) => value)
  return given.length > 0 ? `/log?${new URLSearchParams(given as [string, string][]).toString()}` : '/log'
}

export function kindName(kind: string, locale: Locale): string {
  return hasText(locale, `audit-log:kind.${kind}`) ? textIn(locale)(`audit-log:kind.${kind}`) : kind
}

export function eventName(event: string, locale: Locale): string {
  return hasText(locale, `audit-log:event.${event}`) ? textIn(locale)(`audit-log:event.${event}`) : event
}

export function logRow(entry: Entry, personal: Values | null, locale: Locale): LogRow {
  return {
    at: entry.at,
    by: entry.by,
    event: eventName(entry.event, locale),
    kind: kindName(entry.kind, locale),
    recordUrl: logUrl({ kind: entry.kind, about: entry.about }),
    facts: entry.facts,
    personal,
    details: [...detailsOf(entry.facts), ...detailsOf(personal ?? {})],
    erased: entry.personalHash !== null && personal === null,
  }
}

function detailsOf(values: Values): LogRow['details'] {
  return Object.entries(values)
    .filter(([field]) => field !== 'before' && field !== 'after')
    .map(([field, value]) => ({ field, value: plain(value) }))
    .filter(({ value }) => value !== '')
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain).join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, inner]) => `${key}: ${plain(inner)}`)
      .join('; ')
  return String(value as string | number | boolean)
}

/** What the head of the page says about the chain. */
export function chainState(
  check: Check | null,
  locale: Locale,
): { tone: 'good' | 'stop' | 'calm'; word: string; at: Date | null; text: string } {
  const t = textIn(locale)
  if (!check)
    return {
      tone: 'calm',
      word: t('audit-log:chain.unchecked'),
      at: null,
      text: t('audit-log:chain.unchecked-more'),
    }
  if (check.breaks === 0)
    return {
      tone: 'good',
      word: t('audit-log:chain.whole'),
      at: check.at,
      text: t('audit-log:chain.whole-more', { count: check.sealed }),
    }
  const { first } = check
  return {
    tone: 'stop',
    word: t('audit-log:chain.broken'),
    at: check.at,
    text: [
      t('audit-log:chain.broken-more', { count: check.breaks }),
      first ? t(`audit-log:reason.${first.reason}`, { entry: first.entry ?? first.sequence ?? '' }) : '',
    ].join(' '),
  }
}
