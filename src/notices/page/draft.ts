import type { Locale } from '../../base/context.js'
import { registrationKinds } from '../../base/registration.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { countries } from '../../transfers/rules.js'
import type { DraftInput, LineInput } from '../form.js'
import { goLives, lineKinds, type Notice } from '../rules/notice.js'
import type { NoticePeriod } from '../../base/period.js'
import { periodInWords } from './facts.js'

type Option = { value: string; text: string; hint?: string }

/** What the form of a draft offers to choose from, but for engagements: those are searched for. */
export function draftChoices(locale: Locale) {
  const t = textIn(locale)
  return {
    kinds: lineKinds.map((kind): Option => ({ value: kind, text: t(`notices:form.kind-${kind}`) })),
    registrations: registrationKinds.map((value): Option => ({
      value,
      text: t(`register:registration-kind.${value}`),
    })),
    countries: countries(locale).map(({ code, name }): Option => ({ value: code, text: name })),
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
    lines: lines.map(({ kind, engagement, site, replaces, corrected }) => ({
      kind,
      engagement: site ?? references.get(engagement) ?? '',
      replaces: replaces === null ? null : (references.get(replaces) ?? null),
      ...(corrected ? { corrected } : {}),
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
