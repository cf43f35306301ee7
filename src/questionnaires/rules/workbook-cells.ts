/** One cell of a filled-in workbook, read as its question asks; one that does not fit is told by sheet and cell. */
import type { Locale } from '../../base/context.js'
import { isDay } from '../../base/day.js'
import { lettersOf } from '../../base/spreadsheet.js'
import type { Question } from '../../question-sets/rules/set.js'
import type { WrongCell } from './brought.js'
import { within } from './clean-value.js'
import { countriesNamed } from './countries.js'

/** The words of the workbook's language. */
export type Words = { yes: string; no: string; locale: Locale }

export type Cell = { sheet: string; row: number; column: number; text: string }

export type Reading = { question: Question; parts: Map<string, Cell>; wrong: WrongCell[]; words: Words }

export function optionIn({ question, wrong, words }: Reading, cell: Cell): string | null {
  if (cell.text === '') return null
  const found = question.options.find(
    ({ id, text }) =>
      same(text[words.locale], cell.text) ||
      same(text.da, cell.text) ||
      same(text.en, cell.text) ||
      id === cell.text,
  )
  if (found) return found.id
  const options = question.options.map(({ text }) => text[words.locale]).join(' / ')
  tell(wrong, question, cell, 'cell-not-an-option', { options })
  return null
}

export function isYes({ question, wrong, words }: Reading, cell: Cell): boolean {
  if (cell.text === '' || same(cell.text, words.no)) return false
  if ([words.yes, 'x', 'ja', 'yes', '1', 'true'].some((yes) => same(yes, cell.text))) return true
  if (!['nej', 'no', '0', 'false', '-'].some((no) => same(no, cell.text)))
    tell(wrong, question, cell, 'cell-not-an-option', { options: `${words.yes} / ${words.no}` })
  return false
}

export function numberIn({ question, wrong }: Reading, cell: Cell): number | null {
  const text = cell.text.replaceAll(/\s/g, '').replace(',', '.')
  const number = /^-?\d{1,12}(?:\.\d{1,6})?$/.test(text) ? Number(text) : NaN
  if (!Number.isNaN(number) && within(question, number)) return number
  tell(wrong, question, cell, Number.isNaN(number) ? 'not-a-number' : 'not-a-number-between', {
    least: question.min ?? '–',
    most: question.max ?? '–',
  })
  return null
}

/** As a workbook has it, or as people write it: 2026-03-01, 1.3.2026, 01/03/2026. */
export function dayIn({ question, wrong }: Reading, cell: Cell): string {
  const [, date = '', month = '', year = ''] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(cell.text) ?? []
  const day = year === '' ? cell.text : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  if (isDay(day)) return day
  tell(wrong, question, cell, 'not-a-day', {})
  return ''
}

export function countriesIn({ question, wrong }: Reading, cell: Cell): string[] {
  const { codes, unknown } = countriesNamed(cell.text)
  if (unknown.length > 0)
    tell(wrong, question, cell, 'country-unknown', { name: unknown.slice(0, 3).join(', ') })
  return codes
}

function tell(
  wrong: WrongCell[],
  question: Question,
  cell: Cell,
  text: string,
  facts: WrongCell['facts'],
): void {
  const { sheet, row, column } = cell
  wrong.push({ sheet, cell: `${lettersOf(column)}${row}`, question: question.id, text, facts })
}

export function listOrNull<Item>(list: readonly Item[]): readonly Item[] | null {
  return list.length > 0 ? list : null
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase()
}

/** The apostrophe that keeps a text from being a formula is no part of it. */
export function plain(text: string): string {
  return text.trim().replace(/^'(?=[=+\-@])/, '')
}
