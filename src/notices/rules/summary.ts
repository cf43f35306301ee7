/** What a notice would mean for its customers, added up one customer at a time so that any number of them fits in memory. */
import { laterOf, type Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import type { NoticePeriod } from '../../base/period.js'
import { earliestUse } from './deadlines.js'
import { modeOf } from './modes.js'
import type { Mode, RecipientContent } from './recipient.js'

/** Customers by name, as many as a page shows; `count` is all of them. */
export type Named = { count: number; first: { reference: string; name: string }[] }

/** Customers who are asked in the same way with the same days. */
export type Group = {
  mode: Mode
  period: NoticePeriod
  printedLastDay: Day | null
  count: number
  locales: Record<Locale, number>
}

export type Summary = {
  count: number
  affected: number
  sample: number
  groups: Map<string, Group>
  withoutContact: Named
  notInstructed: Named
  /** Those whose earliest day is after the planned start, and the latest of these days. */
  tooEarly: Named & { latest: Day | null }
}

const shown = 20

export function emptySummary(): Summary {
  const none = (): Named => ({ count: 0, first: [] })
  return {
    count: 0,
    affected: 0,
    sample: 0,
    groups: new Map(),
    withoutContact: none(),
    notInstructed: none(),
    tooEarly: { ...none(), latest: null },
  }
}

/** Adds one recipient, as `recipientFor` made it, for a start planned on a day. */
export function addToSummary(summary: Summary, recipient: RecipientContent, plannedStart: Day): void {
  summary.count += 1
  if (recipient.affected) summary.affected += 1
  if (recipient.sample) summary.sample += 1
  const mode = modeOf(recipient)
  addToGroup(summary, recipient, mode)
  if (recipient.contacts.length === 0) name(summary.withoutContact, recipient)
  if (recipient.blockedBy.includes('instruction')) name(summary.notInstructed, recipient)
  const earliest = recipient.printedLastDay === null ? null : earliestUse(recipient.printedLastDay)
  if (earliest !== null && earliest > plannedStart) {
    name(summary.tooEarly, recipient)
    summary.tooEarly.latest =
      summary.tooEarly.latest === null ? earliest : laterOf(summary.tooEarly.latest, earliest)
  }
}

/** The agreed periods among those who are asked, each once. */
export function periodsIn(summary: Summary): NoticePeriod[] {
  const periods = new Map<string, NoticePeriod>()
  for (const { mode, period } of summary.groups.values())
    if (mode !== 'information') periods.set(`${period.length} ${period.unit}`, period)
  return [...periods.values()]
}

function addToGroup(summary: Summary, recipient: RecipientContent, mode: Mode): void {
  const { period, printedLastDay } = recipient
  const key = mode === 'information' ? mode : [mode, period.length, period.unit, printedLastDay].join(' ')
  const group = summary.groups.get(key) ?? {
    mode,
    period,
    printedLastDay,
    count: 0,
    locales: { da: 0, en: 0 },
  }
  group.count += 1
  const locale = recipient.contacts[0]?.locale
  if (locale) group.locales[locale] += 1
  summary.groups.set(key, group)
}

function name(named: Named, { customerReference: reference, customerName }: RecipientContent): void {
  named.count += 1
  if (named.first.length < shown) named.first.push({ reference, name: customerName })
}
