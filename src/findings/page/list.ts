import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { findingStates, nextStep, severities, type Finding } from '../rules.js'
import { ownerInWords, severityState, stateOf, urlOf } from './words.js'

export function findingRow(
  finding: Finding,
  names: ReadonlyMap<string, string>,
  { today, locale }: { today: Day; locale: Locale },
) {
  const t = textIn(locale)
  const next = nextStep(finding)
  const text = finding.text[locale] || finding.text.da
  return {
    url: urlOf(finding),
    reference: finding.reference,
    text: text.length > 160 ? `${text.slice(0, 159)}…` : text,
    vendor: finding.vendorName ?? t('findings:ourselves'),
    severity: severityState(finding.severity, t),
    owner: ownerInWords(finding.owner, names, t),
    due: formatShortDay(finding.dueOn, locale),
    state: stateOf(finding, today, t),
    next: next === null ? '' : t(`findings:next.${next}`),
  }
}

/** A short line, for the panels of other rooms. */
export function findingItem(finding: Finding, { today, locale }: { today: Day; locale: Locale }) {
  const t = textIn(locale)
  const text = finding.text[locale] || finding.text.da
  const words = t('findings:panel.note', {
    severity: t(`findings:severity.${finding.severity}`),
    due: formatShortDay(finding.dueOn, locale),
  })
  return {
    url: urlOf(finding),
    text: `${finding.reference}: ${text.length > 90 ? `${text.slice(0, 89)}…` : text}`,
    state: stateOf(finding, today, t),
    note: finding.running ? words : t(`findings:severity.${finding.severity}`),
  }
}

/** What each filter of the list offers. Vendors are come to from their own pages. */
export function findingChoices(locale: Locale) {
  const t = textIn(locale)
  return {
    state: ['running', 'overdue', ...findingStates, 'all'].map((value) => ({
      value,
      text: t(`findings:show.${value}`),
    })),
    severity: severities.map((value) => ({ value, text: t(`findings:severity.${value}`) })),
  }
}

/** What can be written of a finding, and for which column of the list; null: it is always there. */
const exported = {
  reference: null,
  text: null,
  vendor: 'vendor',
  severity: 'severity',
  owner: 'owner',
  dueOn: 'due',
  state: null,
} as const

function exportedFields(columns: readonly string[] | null) {
  const all = Object.entries(exported) as [keyof typeof exported, string | null][]
  return all.flatMap(([field, column]) =>
    columns === null || column === null || columns.includes(column) ? [field] : [],
  )
}

/** Of the list as a spreadsheet, with these columns or all there are. */
export function findingHeadings(columns: readonly string[] | null, locale: Locale): string[] {
  const t = textIn(locale)
  return exportedFields(columns).map((field) => t(`findings:field.${field}`))
}

export function findingCells(
  finding: Finding,
  names: ReadonlyMap<string, string>,
  columns: readonly string[] | null,
  reader: { today: Day; locale: Locale },
): string[] {
  const row = findingRow(finding, names, reader)
  const cells = {
    reference: row.reference,
    text: finding.text[reader.locale] || finding.text.da,
    vendor: row.vendor,
    severity: row.severity.word,
    owner: row.owner,
    dueOn: finding.dueOn,
    state: row.state.word,
  }
  return exportedFields(columns).map((field) => cells[field])
}
