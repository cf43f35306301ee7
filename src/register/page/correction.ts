/** What a correction of past days would do, in words. */
import type { Locale } from '../../base/context.js'
import { addDays, type Day } from '../../base/day.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import {
  approvalFaults,
  type Approval,
  type ChangeKind,
  type Difference,
  type RightApproval,
} from '../rules.js'
import { differenceRows, type Known } from './differences.js'
import { bases, countriesOn, type LawOn, type Transfer } from '../../transfers/rules.js'
import { changesInWords } from './words.js'

type Preview = {
  stretches: readonly { reference: string; from: Day; to: Day; differences: readonly Difference[] }[]
  customers: number
  told: readonly string[]
  beyond: readonly ChangeKind[]
}

export function correctionPreview(preview: Preview, known: Known, locale: Locale) {
  const t = textIn(locale)
  const { customers, told, beyond } = preview
  return {
    stretches: preview.stretches.map(({ reference, from, to, differences }) => ({
      reference,
      url: `/engagements/${reference}`,
      days: t('past:preview.days', { from: formatDay(from, locale), to: formatDay(addDays(to, -1), locale) }),
      sentences: differenceRows(differences, known, locale).flatMap(({ more }) => more),
    })),
    none: preview.stretches.length === 0,
    customers:
      customers === 0
        ? t('past:preview.nobody')
        : t('past:preview.customers', { count: customers, shown: formatNumber(customers, locale) }),
    onLists: customers > 0,
    told: told.map((notice) => ({ notice, url: `/notices/${notice}` })),
    beyond: beyond.length === 0 ? '' : changesInWords(beyond, locale),
  }
}

/** A basis is corrected by its country, kind, module and day; the papers of a transfer are no part of a list. */
export function basisChoices(at: LawOn, locale: Locale) {
  const t = textIn(locale)
  return {
    countries: countriesOn(at, locale)
      .filter(({ eea }) => !eea)
      .map(({ code, name }) => ({ value: code, text: name })),
    bases: bases.map((value) => ({ value, text: t(`transfers:basis.${value}`) })),
    modules: (['1', '2', '3', '4'] as const).map((value) => ({
      value,
      text: t(`transfers:module.${value}`),
    })),
  }
}

/** What else was recorded about a transfer stays with it. */
export function withPapers(typed: readonly Transfer[], kept: readonly Transfer[]): Transfer[] {
  return typed.map((transfer) => {
    const before = kept.find(({ country, basis }) => country === transfer.country && basis === transfer.basis)
    if (!before) return transfer
    const { module: _module, signedOn: _signedOn, ...papers } = before
    return { ...papers, ...transfer }
  })
}

/** The approvals a correction may be about, as a choice. */
export function approvalChoices(approvals: readonly Approval[], locale: Locale) {
  const t = textIn(locale)
  return approvals
    .filter(({ from, to }) => to === null || to > from)
    .map(({ _id, from, to, kind, notice }) => ({
      value: _id,
      text: `${daysInWords({ from, to }, locale)}: ${t(`register:approval.${kind}`, { notice: notice ?? '' })}`,
    }))
}

/** 'approved from 1 July 2024 to 31 May 2025', or to today; null: never. */
export function daysInWords(interval: RightApproval, locale: Locale): string {
  const t = textIn(locale)
  if (interval === null) return t('past:approval.never')
  const from = formatDay(interval.from, locale)
  return interval.to === null
    ? t('past:approval.since', { from })
    : t('past:approval.between', { from, to: formatDay(addDays(interval.to, -1), locale) })
}

export function approvalFaultChoices(hasApprovals: boolean, locale: Locale) {
  const t = textIn(locale)
  return approvalFaults
    .filter((fault) => hasApprovals || fault === 'missing')
    .map((value) => ({ value, text: t(`past:fault.${value}`), hint: t(`past:fault-hint.${value}`) }))
}

export function approvalKindChoices(locale: Locale) {
  const t = textIn(locale)
  return (['baseline', 'no-objection', 'approved', 'consent'] as const).map((value) => ({
    value,
    text: t(`past:kind.${value}`),
  }))
}
