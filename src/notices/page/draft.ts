import type { Locale } from '../../base/context.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { EngagementRow } from '../../register/rules.js'
import type { DraftInput, LineInput } from '../form.js'
import { goLives, lineKinds, type Notice } from '../rules/notice.js'
import type { NoticePeriod } from '../../base/period.js'
import { periodInWords } from './facts.js'

type Option = { value: string; text: string; hint?: string }

export type OfferedRows = { comes: readonly EngagementRow[]; goes: readonly EngagementRow[] }

/** What the form of a draft offers to choose from. */
export function draftChoices({ comes, goes }: OfferedRows, locale: Locale) {
  const t = textIn(locale)
  const named = ({ reference, vendorName, activity }: EngagementRow): Option => ({
    value: reference,
    text: `${vendorName}: ${activity[locale] || activity.da} (${reference})`,
  })
  return {
    kinds: lineKinds.map((kind): Option => ({ value: kind, text: t(`notices:form.kind-${kind}`) })),
    // One select for what comes and for what goes: which of the two is asked follows from the kind.
    engagements: [...comes, ...goes].map(named),
    replaceable: goes.map(named),
    nothingComes: comes.length === 0,
    goLives: goLives.map((value): Option => ({
      value,
      text: t(`notices:form.go-live-${value}`),
      hint: t(`notices:form.go-live-${value}-hint`),
    })),
  }
}

/** The stored draft as the form's fields have it; references stand for the engagements. */
export function draftFields(notice: Notice, references: ReadonlyMap<string, string>): DraftInput {
  const { lines, why, safeguards, plannedStart, goLive, togetherBecause } = notice
  return {
    lines: lines.map(({ kind, engagement, replaces }) => ({
      kind,
      engagement: references.get(engagement) ?? '',
      replaces: replaces === null ? null : (references.get(replaces) ?? null),
    })),
    why,
    safeguards,
    plannedStart,
    goLive,
    togetherBecause,
  }
}

const mostLines = 20

/** How many rows of lines the form shows: those there are, and one more where one is asked for or none is there. */
export function lineRowsShown(lines: readonly Partial<LineInput>[], more: boolean): number[] {
  const count = Math.min(mostLines, Math.max(1, lines.length + (more ? 1 : 0)))
  return Array.from({ length: count }, (_, row) => row)
}

export function startRows(
  rows: readonly { period: NoticePeriod; sendBy: string | null; earliest: string; inTime: boolean }[],
  locale: Locale,
) {
  const t = textIn(locale)
  return rows.map(({ period, sendBy, earliest, inTime }) => ({
    period: periodInWords(period, t),
    sendBy: sendBy === null ? null : formatDay(sendBy, locale),
    earliest: formatDay(earliest, locale),
    inTime,
  }))
}
