import type { Locale } from '../base/context.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { countryName } from '../transfers/rules.js'
import type { Plan } from './actions/plan.js'
import type { Sheet } from './reading/limits.js'
import type { Import } from './records.js'
import { fieldsOf, headingOf, type Register } from './rules/fields.js'
import { countRows, shortened, type Message, type PlannedRow } from './rules/plan.js'

/** What is to be said of a cell, in the reader's language. */
export function messageInWords({ text, facts }: Message, register: Register, locale: Locale): string {
  const t = textIn(locale)
  const { country, basis, day, fields } = facts
  return t(`imports:message.${text}`, {
    ...facts,
    ...(country === undefined ? {} : { country: countryName(String(country), locale) }),
    ...(basis === undefined ? {} : { basis: t(`transfers:short.${basis}`) }),
    ...(day === undefined ? {} : { day: formatDay(String(day), locale) }),
    ...(fields === undefined ? {} : { fields: fieldsInWords(String(fields).split(','), register, locale) }),
  })
}

/** Names of columns, as the export heads them. */
export function fieldsInWords(fields: readonly string[], register: Register, locale: Locale): string {
  return fields.map((field) => headingOf(register, columnOf[field] ?? field, locale)).join(', ')
}

/** Where a field of the record has another name than its column. */
const columnOf: Record<string, string> = {
  registration: 'registrationNumber',
  contract: 'contractSignedOn',
  dueDiligence: 'conclusion',
  assurance: 'assuranceOwed',
}

const tones = { create: 'good', change: 'info', same: 'calm', problem: 'stop' } as const
const severities = { problem: 'stop', critical: 'stop', warning: 'wait', note: 'calm' } as const

export function messageRow(message: Message, register: Register, locale: Locale) {
  return {
    row: message.row,
    column: message.column,
    state: {
      tone: severities[message.severity],
      word: textIn(locale)(`imports:severity.${message.severity}`),
    },
    text: messageInWords(message, register, locale),
  }
}

export function plannedRow(row: PlannedRow, register: Register, locale: Locale) {
  const t = textIn(locale)
  return {
    number: row.number,
    name: row.name,
    part: row.part,
    state: { tone: tones[row.verdict], word: t(`imports:verdict.${row.verdict}`) },
    matched:
      row.matched === null ? '' : `${row.matched.reference}, ${t(`imports:matched.${row.matched.by}`)}`,
    changes: fieldsInWords(row.changes, register, locale),
  }
}

const mostShown = 300

const states = {
  ready: 'wait',
  applying: 'stop',
  applied: 'good',
  undone: 'calm',
  discarded: 'calm',
} as const

export function importRow({ _id, register, fileName, state, startedAt, counts }: Import, locale: Locale) {
  const t = textIn(locale)
  return {
    url: `/imports/${_id}`,
    name: fileName,
    register: t(`imports:register.${register}`),
    startedAt,
    state: { tone: states[state], word: t(`imports:state.${state}`) },
    created: counts?.create ?? null,
    changed: counts?.change ?? null,
  }
}

/** Each column of the sheet with what stands in it, and the field it is read into. */
export function columnsPage(
  { register, fileName, mapping }: Import,
  sheets: readonly Sheet[],
  notes: readonly string[],
  locale: Locale,
) {
  const t = textIn(locale)
  const rows = sheets.find(({ name }) => name === mapping.sheet)?.rows ?? []
  return {
    fileName,
    registerName: t(`imports:register.${register}`),
    notes: notes.map((note) => t(`imports:note.${note}`)),
    sheets: sheets.map(({ name }) => ({ value: name, text: name })),
    sheet: mapping.sheet,
    heading: mapping.heading + 1,
    columns: (rows[mapping.heading] ?? []).map((heading, place) => ({
      field: `columns.${place}`,
      heading: heading || t('imports:columns.unnamed', { number: place + 1 }),
      example: rows
        .slice(mapping.heading + 1)
        .map((row) => row[place] ?? '')
        .filter(Boolean)
        .slice(0, 3)
        .map(shortened)
        .join(' · '),
      chosen: mapping.columns[place] ?? '',
    })),
    fields: fieldsOf[register]
      .map((field) => ({ value: field.id, text: field[locale] }))
      .toSorted((a, b) => a.text.localeCompare(b.text, locale)),
  }
}

/** What will happen, row by row: those with something to be said first. */
export function runPage(
  { register, fileName, state }: Import,
  plan: Pick<Plan, 'rows' | 'messages'>,
  notes: readonly string[],
  locale: Locale,
) {
  const t = textIn(locale)
  const weight = { problem: 0, critical: 1, warning: 2, note: 3 } as const
  const messages = plan.messages.toSorted((a, b) => weight[a.severity] - weight[b.severity] || a.row - b.row)
  const counts = countRows(plan.rows)
  return {
    fileName,
    registerName: t(`imports:register.${register}`),
    half: state === 'applying',
    counts,
    nothing: counts.create + counts.change === 0,
    notes: notes.map((note) => t(`imports:note.${note}`)),
    messages: messages.slice(0, mostShown).map((message) => messageRow(message, register, locale)),
    moreMessages: Math.max(0, messages.length - mostShown),
    rows: plan.rows.slice(0, mostShown).map((row) => plannedRow(row, register, locale)),
    moreRows: Math.max(0, plan.rows.length - mostShown),
  }
}

export function resultPage(
  { register, fileName, state, counts, created, left, appliedAt }: Import,
  locale: Locale,
) {
  const t = textIn(locale)
  return {
    fileName,
    registerName: t(`imports:register.${register}`),
    state: { tone: states[state], word: t(`imports:state.${state}`) },
    counts,
    created: created.length,
    left: left.length,
    appliedAt,
    canUndo: state === 'applied' && created.length > 0,
    wasUndone: state === 'undone',
    target: register === 'customers' ? '/customers' : '/register',
  }
}
