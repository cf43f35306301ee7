import { lettersOf } from '../../base/spreadsheet.js'
import type { Sheet } from '../reading/limits.js'
import { undefused } from './defused.js'
import { headingsOf } from './heading-rows.js'
import type { Mapping } from './headings.js'
import type { RowChoice } from './import.js'

/** `inFile`: what stands in the file, where a person has corrected it. */
export type ReadCell = { text: string; heading: string; letter: string; inFile?: string }

/** What is to be said of how a row was read: a text key below `imports:message.`. */
export type Mark = { text: string; facts: Record<string, string | number> }

/** `number`: as the spreadsheet counts; 5.02 is the second of several names in row 5. */
export type ReadRow = { number: number; cells: ReadonlyMap<string, ReadCell>; marks?: readonly Mark[] }

type Cells = Map<string, ReadCell>

/** The names the two registers know a row by, and the numbers that go with a name. */
const nameFields = ['vendor', 'name']
const besideName = ['registrationNumber', 'vendorReference']

/**
 * The rows below the heading, cells by field, as a person has corrected them; empty rows and repeated headings left out.
 */
export function rowsBelow(
  sheet: Sheet,
  mapping: Mapping,
  choices: readonly Pick<RowChoice, 'row' | 'cells'>[] = [],
): ReadRow[] {
  const { heading, depth } = mapping
  const headings = headingsOf(sheet, mapping)
  const corrected = new Map(choices.flatMap(({ row, cells }) => (cells ? [[row, cells] as const] : [])))
  const repeated = new Set(
    sheet.rows.slice(depth === 2 ? heading - 1 : heading, heading + 1).map((row) => row.join('\u0000')),
  )
  const marked = { hidden: new Set(sheet.hidden), struck: new Set(sheet.struck) }
  let last: { number: number; cells: Cells } | null = null
  return sheet.rows.slice(heading + 1).flatMap((row, place): ReadRow[] => {
    const number = heading + place + 2
    if (repeated.has(row.join('\u0000'))) return []
    const cells = cellsOf(row, headings, mapping, corrected.get(number))
    if (cells.size === 0 && !corrected.has(number)) return []
    const marks = marksOf(marked, number)
    const name = nameFields.find((field) => cells.has(field))
    if (name !== undefined) last = { number, cells }
    else if (mapping.fill && last) {
      for (const field of [...nameFields, ...besideName]) {
        const above = last.cells.get(field)
        if (above && !cells.has(field)) cells.set(field, above)
      }
      marks.push({ text: 'name-from-above', facts: { other: last.number } })
    }
    const rows = mapping.split ? apart(number, cells) : [{ number, cells }]
    return rows.map((each) => ({
      number: each.number,
      cells:
        each.number === number
          ? each.cells
          : withCorrections(each.cells, headings, mapping, corrected.get(each.number)),
      ...(marks.length > 0 ? { marks } : {}),
    }))
  })
}

function cellsOf(
  row: readonly string[],
  headings: readonly string[],
  { columns }: Mapping,
  said: RowChoice['cells'],
): Cells {
  const cells: Cells = new Map()
  columns.forEach((field, column) => {
    if (field === null) return
    const letter = lettersOf(column + 1)
    const inFile = undefused(row[column] ?? '')
    const text = said?.[letter] ?? inFile
    const heading = headings[column] ?? ''
    if (text !== '') cells.set(field, { text, heading, letter, ...(text === inFile ? {} : { inFile }) })
  })
  return cells
}

function withCorrections(
  cells: Cells,
  headings: readonly string[],
  { columns }: Mapping,
  said: RowChoice['cells'],
): Cells {
  if (!said) return cells
  const all = new Map(cells)
  columns.forEach((field, column) => {
    const letter = lettersOf(column + 1)
    const text = said[letter]
    if (field === null || text === undefined) return
    const inFile = cells.get(field)?.text ?? ''
    if (text === '') all.delete(field)
    else all.set(field, { text, heading: headings[column] ?? '', letter, inFile })
  })
  return all
}

const mostApart = 99

/** Names in one cell: at line breaks and semicolons. A comma may belong to a name ('Example, Inc.'). */
export function namesApart(text: string): string[] {
  return text
    .split(/[\n;]/)
    .map((part) => part.replace(/^(?:[-–•*]|\d{1,2}[.)])\s+/, '').trim())
    .filter(Boolean)
}

/** Several names in one cell: a row each. What comes in as many parts is theirs, part by part; the rest is said of each. */
function apart(number: number, cells: Cells): { number: number; cells: Cells }[] {
  const field = nameFields.find((each) => cells.has(each))
  const names = namesApart((field && cells.get(field)?.text) || '')
  if (field === undefined || names.length < 2 || names.length > mostApart) return [{ number, cells }]
  return names.map((name, place) => {
    const own: Cells = new Map()
    for (const [each, cell] of cells) {
      const parts = namesApart(cell.text)
      if (each === field) own.set(each, { ...cell, text: name })
      else if (ofTheEntity.has(each) && parts.length === names.length)
        own.set(each, { ...cell, text: parts[place] ?? '' })
      else if (!besideName.includes(each)) own.set(each, cell)
    }
    return { number: place === 0 ? number : number + (place + 1) / 100, cells: own }
  })
}

const ofTheEntity = new Set([
  'registrationNumber',
  'address',
  'country',
  'website',
  'contactEmail',
  'contactName',
])

type Marked = Record<'hidden' | 'struck', ReadonlySet<number>>

function marksOf({ hidden, struck }: Marked, number: number): Mark[] {
  return [
    ...(hidden.has(number) ? [{ text: 'row-hidden', facts: {} }] : []),
    ...(struck.has(number) ? [{ text: 'row-struck', facts: {} }] : []),
  ]
}

/** '5', or '5.2' for the second of several names in row 5. */
export function rowLabel(number: number): string {
  const part = Math.round((number % 1) * 100)
  return part === 0 ? String(number) : `${Math.trunc(number)}.${part}`
}
