import { createHash } from 'node:crypto'
import type { Mapping } from './headings.js'
import type { Register } from './fields.js'
import type { Counts } from './plan.js'

/**
 * - `ready`: read, nothing done. - `applying`: begun; what a crash left out is done by applying again.
 * - `applied` - `undone` - `discarded`
 */
export type ImportState = 'ready' | 'applying' | 'applied' | 'undone' | 'discarded'

export type CreatedKind = 'vendor' | 'engagement' | 'customer'

/**
 * What a row is: `out` is left out. `whole`: the vendor or customer it belongs to, an id or 'new'; `part`: the engagement of that
 * vendor. Absent where the reading stands.
 */
export type RowChoice = { row: number; out?: true; whole?: string; part?: string }

type Said = { out: boolean; whole: string | null; part: string | null }

/**
 * The choices with one more. What the vendor or customer is goes for every row about the same (`alike`); null is as it was read.
 */
export function withChoice(
  choices: readonly RowChoice[],
  row: number,
  alike: readonly number[],
  { out, whole, part }: Said,
): RowChoice[] {
  const others = choices.filter((choice) => choice.row !== row && !alike.includes(choice.row))
  const about = new Map(choices.map((choice) => [choice.row, choice]))
  const shared = alike.map((at) => choiceOf(at, { ...saidOf(about.get(at)), whole }))
  return [...others, ...shared, choiceOf(row, { out, whole, part })]
    .filter((choice) => choice.out === true || choice.whole !== undefined || choice.part !== undefined)
    .toSorted((a, b) => a.row - b.row)
}

function saidOf(choice: RowChoice | undefined): Said {
  return { out: choice?.out === true, whole: choice?.whole ?? null, part: choice?.part ?? null }
}

function choiceOf(row: number, { out, whole, part }: Said): RowChoice {
  return {
    row,
    ...(out ? { out } : {}),
    ...(whole === null ? {} : { whole }),
    ...(part === null ? {} : { part }),
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
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** The id of what a row brings: the same whenever the same import is done again, so that nothing can come twice. */
export function idFor(importId: string, kind: CreatedKind, key: string): string {
  const digest = createHash('sha256').update(`${importId}\u0000${kind}\u0000${key}`).digest()
  return Array.from(digest.subarray(0, 26), (byte) => alphabet[byte & 31]).join('')
}
