import { createHash } from 'node:crypto'
import type { Sheet } from '../reading/limits.js'
import { fieldsOf, neededField, type Register } from './fields.js'
import { byContent, isUnfit, type ServiceNames } from './fits.js'
import { fieldWithin, groupOf, headingsOf, type HeadingPlace } from './heading-rows.js'

/**
 * `columns`: the field each column is read into, null for one that is left out. `heading`: the row's place in the sheet, the lower
 * one where the headings fill two (`depth`). `fill`: a row without a name belongs to the name above it. `split`: several names in
 * one cell are as many vendors or customers.
 */
export type Mapping = HeadingPlace & {
  sheet: string
  columns: (string | null)[]
  fill?: true | undefined
  split?: true | undefined
}

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

/** How surely a heading names a field: 3 by wording, 2 by wording below a group, 1 where the wording is part of it. */
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
  const grouped = groupOf(heading)
  if (grouped) {
    const own = plainHeading(grouped.own)
    const within = fieldWithin(plainHeading(grouped.group), own)
    if (within !== null && fieldsOf[register].some(({ id }) => id === within))
      return { field: within, score: 3 }
    const alone = known[register].get(own)
    if (alone !== undefined) return { field: alone, score: 2 }
  }
  // 'CVR / Reg.nr.': one of several words for the same.
  for (const part of heading.split(/[/|,;]|\beller\b|\bor\b/i)) {
    const alone = part === heading ? undefined : known[register].get(plainHeading(part))
    if (alone !== undefined) return { field: alone, score: 2 }
  }
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
  for (const wanted of [4, 3, 2, 1])
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
  services: ServiceNames = null,
): Mapping {
  let best: { sheet: Sheet; at: HeadingPlace; score: number } | null = null
  for (const sheet of sheets)
    for (const at of headingPlaces(sheet)) {
      const { score } = guessColumns(register, headingsOf(sheet, at), remembered)
      const surer = score + (isExplained(sheet, at) ? 0.5 : 0)
      if (best === null || surer > best.score) best = { sheet, at, score: surer }
    }
  if (best && best.score > 0) return guessAt(register, best.sheet, best.at, remembered, services)
  const [first] = sheets
  const heading = Math.max(0, first?.rows.findIndex((row) => row.filter(Boolean).length > 1) ?? 0)
  return { sheet: first?.name ?? '', heading, columns: (first?.rows[heading] ?? []).map(() => null) }
}

/** Each row that may hold headings, by itself and with the row above it. */
function headingPlaces({ rows }: Sheet): HeadingPlace[] {
  const filled = (row: readonly string[] = []) => new Set(row.filter(Boolean)).size
  return rows
    .slice(0, titleRows)
    .flatMap((row, heading): HeadingPlace[] => [
      { heading },
      ...(filled(rows[heading - 1]) > 1 && filled(row) > 1 ? [{ heading, depth: 2 as const }] : []),
    ])
}

/** A second row that only explains the headings: '(navn)', '(ja/nej)'. */
function isExplained({ rows }: Sheet, { heading, depth }: HeadingPlace): boolean {
  const cells = (rows[heading] ?? []).filter(Boolean)
  return depth === 2 && cells.length > 1 && cells.every((cell) => /^\(.+\)$/s.test(cell))
}

/** The columns below a heading that is known: what stands in a column shows where its heading misleads. */
export function guessAt(
  register: Register,
  sheet: Sheet,
  { heading, depth }: HeadingPlace,
  remembered: Remembered = new Map(),
  services: ServiceNames = null,
): Mapping {
  const at: HeadingPlace = depth === undefined ? { heading } : { heading, depth }
  const headings = headingsOf(sheet, at)
  const below = sheet.rows.slice(heading + 1)
  const column = (place: number) => below.map((row) => row[place] ?? '')
  const fitting = guessColumns(register, headings, remembered).columns.map((field, place) => {
    if (field === null || remembered.get(plainHeading(headings[place] ?? '')) === field) return field
    return isUnfit(register, field, column(place), services) ? null : field
  })
  const columns = byContent(
    register,
    headings.map((heading) => (remembered.get(plainHeading(heading)) === '' ? null : heading)),
    fitting,
    column,
    services,
  )
  return {
    sheet: sheet.name,
    ...at,
    columns,
    ...(namesStandOnce(register, columns, below) ? { fill: true as const } : {}),
  }
}

/** Whether a name stands on the first of its rows only, as in a pivot table: then a good part of the rows have none. */
function namesStandOnce(
  register: Register,
  columns: readonly (string | null)[],
  rows: readonly string[][],
): boolean {
  const name = columns.indexOf(neededField[register])
  const said = (row: readonly string[]) =>
    columns.filter((field, place) => field !== null && row[place]).length
  const filled = rows.filter((row) => said(row) > 0)
  const without = filled.filter((row) => !row[name])
  // The first has a name, and those without one say something: what they do, or who is to be told.
  const telling = without.every((row) => said(row) > 1 || columns.filter(Boolean).length === 2)
  return Boolean(filled[0]?.[name]) && without.length > 1 && without.length * 4 >= filled.length && telling
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
): Map<string, HeadingPlace & { sheet: string }> {
  const places = sheets.flatMap((sheet) =>
    headingPlaces(sheet).map((at) => ({ at: { sheet: sheet.name, ...at }, row: headingsOf(sheet, at) })),
  )
  const likely = places.filter(({ row }) => row.filter(Boolean).length > 1)
  return new Map(likely.toReversed().map(({ row, at }) => [headingsKey(register, row), at]))
}
