import { createHash } from 'node:crypto'
import { lettersOf } from '../../base/spreadsheet.js'
import type { Sheet } from '../reading/limits.js'
import { fieldsOf, neededField, type Register } from './fields.js'

/** `columns`: the field each column is read into, null for one that is left out. `heading`: the row's place in the sheet. */
export type Mapping = { sheet: string; heading: number; columns: (string | null)[] }

/** Wordings a person chose earlier: plain heading -> field, '' for left out. */
export type Remembered = ReadonlyMap<string, string>

const titleRows = 30

export function plainHeading(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, (part) => (/dansk|engelsk|danish|english/.test(part) ? part : ' '))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const known = Object.fromEntries(
  (['register', 'customers'] as const).map((register) => [
    register,
    new Map(
      fieldsOf[register]
        .flatMap(({ id, da, en, also = [] }) =>
          [da, en, ...also].map((wording) => [plainHeading(wording), id] as const),
        )
        .toReversed(),
    ),
  ]),
) as Record<Register, Map<string, string>>

/** How surely a heading names a field: 3 by wording, 1 where the wording is part of it. */
function guessOne(
  register: Register,
  heading: string,
  remembered: Remembered,
): { field: string; score: number } | null {
  const plain = plainHeading(heading)
  if (plain === '' || plain.length > 80) return null
  const chosen = remembered.get(plain)
  if (chosen !== undefined) return { field: chosen, score: 4 }
  const exact = known[register].get(plain)
  if (exact !== undefined) return { field: exact, score: 3 }
  const words = plain.split(' ')
  if (words.length > 8) return null
  let best: { field: string; score: number } | null = null
  let longest = 0
  for (const [wording, field] of known[register]) {
    // The longest wording found as whole words wins: 'country of processing' over 'country'.
    if (wording.length < 4 || wording.length <= longest || !` ${plain} `.includes(` ${wording} `)) continue
    longest = wording.length
    best = { field, score: 1 }
  }
  return best
}

function isBareCountry(heading = ''): boolean {
  return ['country', 'land'].includes(plainHeading(heading))
}

/** The fields of one row read as headings; each field once, the surer column first. */
export function guessColumns(
  register: Register,
  row: readonly string[],
  remembered: Remembered = new Map(),
): { columns: (string | null)[]; score: number } {
  const guesses = row.map((cell) => guessOne(register, cell, remembered))
  const columns: (string | null)[] = row.map(() => null)
  const taken = new Set<string>()
  let score = 0
  const take = (guess: { field: string; score: number } | null | undefined, place: number) => {
    if (!guess || columns[place] != null || guess.field === '' || taken.has(guess.field)) return
    taken.add(guess.field)
    columns[place] = guess.field
    score += guess.score
  }
  for (const wanted of [4, 3, 1])
    guesses.forEach((guess, place) => {
      if (guess?.score === wanted && !isBareCountry(row[place])) take(guess, place)
    })
  // Where another column says where data are processed, 'country' alone is that of the company.
  guesses.forEach((guess, place) => {
    take(guess, place)
    if (guess?.field === 'countries' && isBareCountry(row[place])) take({ field: 'country', score: 1 }, place)
  })
  if (!taken.has(neededField[register])) score = Math.min(score, 2)
  return { columns, score }
}

/** Sheet, heading row and columns as they look to be. Title rows and empty rows above the heading are passed over. */
export function guessMapping(
  register: Register,
  sheets: readonly Sheet[],
  remembered: Remembered = new Map(),
): Mapping {
  let best: (Mapping & { score: number }) | null = null
  for (const { name, rows } of sheets)
    for (const [heading, row] of rows.slice(0, titleRows).entries()) {
      const { columns, score } = guessColumns(register, row, remembered)
      if (best === null || score > best.score) best = { sheet: name, heading, columns, score }
    }
  if (best && best.score > 0) return { sheet: best.sheet, heading: best.heading, columns: best.columns }
  const [first] = sheets
  const heading = Math.max(0, first?.rows.findIndex((row) => row.filter(Boolean).length > 1) ?? 0)
  return { sheet: first?.name ?? '', heading, columns: (first?.rows[heading] ?? []).map(() => null) }
}

/** A row of headings as it is remembered as a whole: 'Navn' alone may be a vendor in one file and a contact in another. */
export function headingsKey(register: Register, headings: readonly string[]): string {
  const plain = headings.map(plainHeading)
  return `${register}/${createHash('sha256').update(JSON.stringify(plain)).digest('hex')}`
}

/** The rows that may be headings, by the key under which what was chosen for them is remembered. */
export function possibleHeadings(
  register: Register,
  sheets: readonly Sheet[],
): Map<string, { sheet: string; heading: number }> {
  const rows = sheets.flatMap(({ name, rows: all }) =>
    all
      .slice(0, titleRows)
      .map((row, heading) => ({ key: headingsKey(register, row), row, at: { sheet: name, heading } })),
  )
  const likely = rows.filter(({ row }) => row.filter(Boolean).length > 1)
  return new Map(likely.toReversed().map(({ key, at }) => [key, at]))
}

export type ReadCell = { text: string; heading: string; letter: string }

export type ReadRow = { number: number; cells: ReadonlyMap<string, ReadCell> }

/** The rows below the heading, cells by field; empty rows and repeated headings left out. `number`: as the spreadsheet counts. */
export function rowsBelow({ rows }: Sheet, { heading, columns }: Mapping): ReadRow[] {
  const headings = rows[heading] ?? []
  const same = headings.join('\u0000')
  return rows.slice(heading + 1).flatMap((row, place): ReadRow[] => {
    const cells = new Map<string, ReadCell>()
    columns.forEach((field, column) => {
      const text = undefused(row[column] ?? '')
      if (field !== null && text !== '')
        cells.set(field, { text, heading: headings[column] ?? '', letter: lettersOf(column + 1) })
    })
    if (cells.size === 0 || row.join('\u0000') === same) return []
    return [{ number: heading + place + 2, cells }]
  })
}

/** What a spreadsheet might run: it begins with a sign of a formula, or with one that hides such a sign. */
const runnable = /^'*(?:[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/

/** An apostrophe our export put before what a spreadsheet might run as a formula. */
export function undefused(text: string): string {
  return text.startsWith("'") && runnable.test(text) ? text.slice(1) : text
}

export function defused(text: string): string {
  return runnable.test(text) ? `'${text}` : text
}
