import { createHash } from 'node:crypto'
import type { Mapping } from './headings.js'
import type { Register } from './fields.js'
import type { Counts } from './plan.js'

/**
 * - `ready`: read, nothing done. - `applying`: begun; what a crash left out is done by applying again.
 * - `applied` - `undoing`: begun; what a crash left is undone by undoing again. - `undone` - `discarded`
 */
export type ImportState = 'ready' | 'applying' | 'applied' | 'undoing' | 'undone' | 'discarded'

export type CreatedKind = 'vendor' | 'engagement' | 'customer'

/**
 * What a row is: `out` is left out, `in` is taken though it looks like none. `whole`: the vendor or customer it belongs to, an id or
 * 'new'; `part`: the engagement of that vendor. `cells`: what stands in a column, by its letter, instead of what the file has there.
 * Absent where the reading stands.
 */
export type RowChoice = {
  row: number
  out?: true
  in?: true
  whole?: string
  part?: string
  cells?: Record<string, string>
}

type Said = {
  out: boolean
  in?: boolean
  whole: string | null
  part: string | null
  cells?: Record<string, string> | undefined
}

/**
 * The choices with one more. What the vendor or customer is goes for every row about the same (`alike`); null is as it was read.
 */
export function withChoice(
  choices: readonly RowChoice[],
  row: number,
  alike: readonly number[],
  said: Said,
): RowChoice[] {
  const others = choices.filter((choice) => choice.row !== row && !alike.includes(choice.row))
  const about = new Map(choices.map((choice) => [choice.row, choice]))
  const shared = alike.map((at) => choiceOf(at, { ...saidOf(about.get(at)), whole: said.whole }))
  const cells = said.cells ?? about.get(row)?.cells
  return inOrder([...others, ...shared, choiceOf(row, { ...said, cells })])
}

/** The choices with cells of some rows corrected: what was corrected in their other columns stands. */
export function withCells(
  choices: readonly RowChoice[],
  corrections: ReadonlyMap<number, Record<string, string>>,
): RowChoice[] {
  const about = new Map(choices.map((choice) => [choice.row, choice]))
  const changed = [...corrections].map(([row, cells]) =>
    choiceOf(row, { ...saidOf(about.get(row)), cells: { ...about.get(row)?.cells, ...cells } }),
  )
  return inOrder([...choices.filter(({ row }) => !corrections.has(row)), ...changed])
}

/** The choices with some rows left out. */
export function withoutRows(choices: readonly RowChoice[], rows: readonly number[]): RowChoice[] {
  const about = new Map(choices.map((choice) => [choice.row, choice]))
  const left = rows.map((row) => choiceOf(row, { ...saidOf(about.get(row)), in: false, out: true }))
  return inOrder([...choices.filter(({ row }) => !rows.includes(row)), ...left])
}

/** What is kept of them when the import is done: which rows, and no more of what they said. */
export function withoutTexts(choices: readonly RowChoice[]): RowChoice[] {
  return choices.map(({ cells, ...choice }) =>
    cells
      ? { ...choice, cells: Object.fromEntries(Object.keys(cells).map((letter) => [letter, ''])) }
      : choice,
  )
}

function inOrder(choices: readonly RowChoice[]): RowChoice[] {
  return choices.filter((choice) => Object.keys(choice).length > 1).toSorted((a, b) => a.row - b.row)
}

function saidOf(choice: RowChoice | undefined): Said {
  return {
    out: choice?.out === true,
    in: choice?.in === true,
    whole: choice?.whole ?? null,
    part: choice?.part ?? null,
    cells: choice?.cells,
  }
}

function choiceOf(row: number, { out, in: taken, whole, part, cells = {} }: Said): RowChoice {
  return {
    row,
    ...(out ? { out } : {}),
    ...(taken && !out ? { in: taken } : {}),
    ...(whole === null ? {} : { whole }),
    ...(part === null ? {} : { part }),
    ...(Object.keys(cells).length > 0 ? { cells } : {}),
  }
}

export type ImportContent = {
  register: Register
  fileName: string
  mapping: Mapping
  /** What a person said of single rows, where the reading of them was not right or not sure. */
  choices: RowChoice[]
  state: ImportState
  startedAt: Date
  startedBy: string
  appliedAt: Date | null
  counts: Counts | null
  created: { kind: CreatedKind; id: string }[]
  /** What an undoing left, because it has been changed or used since. */
  left: { kind: CreatedKind; id: string }[]
  /** Whether it is kept what the changed records were before. */
  restorable?: boolean
  /** What an undoing put back as it was before. */
  restored?: { kind: CreatedKind; id: string }[]
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of what a row brings: the same whenever the same import is done again, so that nothing can come twice. */
export function idFor(importId: string, kind: CreatedKind, key: string): string {
  const digest = createHash('sha256').update(`${importId}\u0000${kind}\u0000${key}`).digest()
  return Array.from(digest.subarray(0, 26), (byte) => alphabet[byte & 31]).join('')
}
