import type { Locale } from '../base/context.js'
import { lettersOf } from '../base/spreadsheet.js'
import { formatDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { countryName } from '../transfers/rules.js'
import type { Note, Sheet } from './reading/limits.js'
import type { Import } from './records.js'
import { fieldsOf, headingOf, neededField, type Register } from './rules/fields.js'
import { isUnfit, type ServiceNames } from './rules/fits.js'
import { headingsOf } from './rules/heading-rows.js'
import { guessColumns, guessMapping, plainHeading, type Remembered } from './rules/headings.js'
import { shortened, type Message } from './rules/plan.js'
import { rowLabel } from './rules/rows.js'

/** What is to be said of a cell, in the reader's language. */
export function messageInWords({ text, facts }: Message, register: Register, locale: Locale): string {
  const t = textIn(locale)
  const { country, basis, day, fields, other } = facts
  return t(`imports:message.${text}`, {
    ...facts,
    ...(country === undefined ? {} : { country: countryName(String(country), locale) }),
    ...(basis === undefined ? {} : { basis: t(`transfers:short.${basis}`) }),
    ...(day === undefined ? {} : { day: formatDay(String(day), locale) }),
    ...(other === undefined ? {} : { other: rowLabel(Number(other)) }),
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

const states = {
  ready: 'wait',
  applying: 'stop',
  applied: 'good',
  undoing: 'stop',
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
  { sheets, notes }: { sheets: readonly Sheet[]; notes: readonly Note[] },
  { remembered, services }: { remembered: Remembered; services: ServiceNames },
  locale: Locale,
) {
  const t = textIn(locale)
  const shown = sheets.find(({ name }) => name === mapping.sheet)
  const rows = shown?.rows ?? []
  const headings = shown ? headingsOf(shown, mapping) : []
  const usual = guessColumns(register, headings, remembered).columns
  const hiddenColumns = new Set(shown?.hiddenColumns)
  return {
    fileName,
    registerName: t(`imports:register.${register}`),
    notes: notes.map(({ text, facts }) => t(`imports:note.${text}`, facts)),
    sheets: sheets.map(({ name }) => ({ value: name, text: name })),
    sheet: mapping.sheet,
    heading: mapping.heading + 1,
    depth: String(mapping.depth ?? 1),
    fill: mapping.fill ? 'yes' : 'no',
    split: mapping.split ? 'yes' : 'no',
    others: otherLists(register, sheets, mapping.sheet).map((name) =>
      t('imports:columns.other-list', { name }),
    ),
    columns: headings.map((heading, place) => ({
      field: `columns.${place}`,
      heading: t('imports:columns.called', {
        letter: lettersOf(place + 1),
        heading: heading || t('imports:columns.unheaded'),
      }),
      hints: [
        hiddenColumns.has(place + 1) ? t('imports:columns.hidden') : '',
        usual[place] && mapping.columns[place] === null
          ? unfitIn(
              register,
              usual[place],
              rows.slice(mapping.heading + 1).map((row) => row[place] ?? ''),
              services,
              locale,
            )
          : '',
      ].filter(Boolean),
      example: rows
        .slice(mapping.heading + 1)
        .map((row) => row[place] ?? '')
        .filter(Boolean)
        .slice(0, 3)
        .map(shortened)
        .join(' · '),
      chosen: mapping.columns[place] ?? '',
      remembered: remembered.get(plainHeading(heading)) === (mapping.columns[place] ?? ''),
    })),
    fields: fieldsOf[register]
      .map((field) => ({ value: field.id, text: field[locale] }))
      .toSorted((a, b) => a.text.localeCompare(b.text, locale)),
  }
}

function unfitIn(
  register: Register,
  field: string,
  column: readonly string[],
  services: ServiceNames,
  locale: Locale,
): string {
  if (!isUnfit(register, field, column, services)) return ''
  if (field === 'services') return textIn(locale)('imports:columns.no-such-services')
  return textIn(locale)('imports:columns.unfit', { field: headingOf(register, field, locale) })
}

/** Other sheets that look like lists: one is brought in at a time. */
function otherLists(register: Register, sheets: readonly Sheet[], chosen: string): string[] {
  return sheets
    .filter((sheet) => sheet.name !== chosen)
    .filter((sheet) => {
      const { heading, columns } = guessMapping(register, [sheet])
      const named = columns.includes(neededField[register]) && columns.filter(Boolean).length > 1
      return named && sheet.rows.length > heading + 1
    })
    .map(({ name }) => name)
}

export function resultPage(
  { register, fileName, state, counts, created, left, restored = [], restorable = false, appliedAt }: Import,
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
    restored: restored.length,
    appliedAt,
    canUndo: state === 'undoing' || (state === 'applied' && (created.length > 0 || restorable)),
    halfUndone: state === 'undoing',
    wasUndone: state === 'undone',
    target: register === 'customers' ? '/customers' : '/register',
  }
}
