import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { isOwnRow, mayBeBlank, pointsElsewhere, saysNothing } from './blanks.js'
import { isCellError } from './cells.js'
import type { ReadRow } from './rows.js'
import { isNew, type Match } from './matches.js'

/** - `problem`: the import is not done while there is one. - `critical`: taken in, and unlawful as it stands. */
export type Severity = 'problem' | 'critical' | 'warning' | 'note'

/** About one cell. `row` and `letter` as the spreadsheet counts, `column` its heading; `text` a key below `imports:message.`. */
export type Message = {
  row: number
  column: string
  letter: string
  severity: Severity
  text: string
  facts: Record<string, string | number>
}

/** `out`: left out by choice. */
export type Verdict = 'create' | 'change' | 'same' | 'problem' | 'out'

/** What happens to one row: `name` is the vendor or customer, `part` the activity or contact. */
export type PlannedRow = {
  number: number
  name: string
  part: string
  verdict: Verdict
  /** The vendor or customer it is about. */
  whole: Match
  /** The engagement of that vendor; null where the row names none. */
  of: Match | null
  /** The first row about the same vendor or customer. */
  group: number
  /** Fields that change, by their ids. */
  changes: string[]
}

export type Counts = Record<Verdict, number>

export type ReadingContext = { today: Day; locale: Locale }

/** One row while it is read: what the cells say, and what is to be said of them. */
export function rowReader(row: ReadRow) {
  const messages: Message[] = (row.marks ?? []).map(({ text, facts }) => ({
    row: row.number,
    column: '',
    letter: '',
    severity: 'note',
    text,
    facts,
  }))
  const say = (
    field: string,
    severity: Severity,
    text: string,
    facts: Record<string, string | number> = {},
  ) => {
    const { heading: column = '', letter = '' } = row.cells.get(field) ?? {}
    messages.push({ row: row.number, column, letter, severity, text, facts })
  }
  const cell = (field: string): string | undefined => {
    const text = row.cells.get(field)?.text
    if (text === undefined) return undefined
    if (mayBeBlank(field, row.cells) && saysNothing(text)) return undefined
    if (mayBeBlank(field, row.cells) && pointsElsewhere(text)) {
      say(field, 'warning', 'points-elsewhere', { text: shortened(text) })
      // What is done there has to be called something; the rest is better missing than wrong.
      return field === 'activity' ? text : undefined
    }
    if (!isCellError(text)) return text
    say(field, 'problem', 'cell-error', { text })
    return undefined
  }
  return {
    messages,
    say,
    /** Comes from our own export: what stands there is meant as it stands. */
    isOwn: isOwnRow(row.cells),
    /** As the file heads the column; '' where the cell is empty. */
    heading: (field: string): string => row.cells.get(field)?.heading ?? '',
    /** Undefined where the cell is empty or there is no such column. */
    text: (field: string, most: number): string | undefined => {
      const text = cell(field)
      if (text === undefined || text.length <= most) return text
      say(field, 'problem', 'too-long', { most })
      return undefined
    },
    /** A cell read by `read`, which gives null where it makes nothing of it. */
    value: <T>(
      field: string,
      read: (text: string) => T | null,
      text = 'unreadable',
      severity: Severity = 'problem',
    ): T | undefined => {
      const given = cell(field)
      if (given === undefined) return undefined
      const value = read(given)
      if (value !== null) return value
      say(field, severity, text, { text: shortened(given) })
      return undefined
    },
  }
}

export type RowReader = ReturnType<typeof rowReader>

export function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}

export function countRows(rows: readonly PlannedRow[]): Counts {
  const counts: Counts = { create: 0, change: 0, same: 0, problem: 0, out: 0 }
  for (const { verdict } of rows) counts[verdict] += 1
  return counts
}

/** The fields of `given` that differ from those of `before`; a field that is not given stays as it is. */
export function changedFields(before: object, given: object): string[] {
  const old = before as Record<string, unknown>
  return Object.entries(given)
    .filter(([field, value]) => value !== undefined && canonical(old[field]) !== canonical(value))
    .map(([field]) => field)
}

function canonical(value: unknown): string {
  return JSON.stringify(sorted(value) ?? null)
}

function sorted(value: unknown): unknown {
  // The order of codes and words says nothing; that of transfers and contacts is kept.
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? value.toSorted() : value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}

/** Every row in the order of the file; one with a problem is that and nothing else. */
export function withProblems(
  rows: readonly ReadRow[],
  planned: ReadonlyMap<number, PlannedRow>,
  messages: readonly Message[],
  out: ReadonlySet<number>,
): PlannedRow[] {
  const wrong = new Set(messages.filter(({ severity }) => severity === 'problem').map(({ row }) => row))
  return rows.map(({ number, cells }) => {
    const unread = {
      number,
      name: cells.get('vendor')?.text ?? cells.get('name')?.text ?? '',
      part: '',
      whole: isNew,
      of: null,
      group: number,
      changes: [],
    }
    if (out.has(number)) return { ...unread, verdict: 'out' as const }
    const row = planned.get(number) ?? { ...unread, verdict: 'problem' as const }
    return wrong.has(number) ? { ...row, verdict: 'problem' as const } : row
  })
}

export type Say = (row: number, severity: Severity, text: string, facts?: Message['facts']) => void

/** What is to be said of a row as a whole. */
export function sayInto(messages: Message[]): Say {
  return (row, severity, text, facts = {}) =>
    void messages.push({ row, column: '', letter: '', severity, text, facts })
}

/** What there is to say of how a row was matched. `kind`: vendor, engagement or customer. */
export function sayMatch({ found, how, others }: Match, gone: boolean, row: number, say: Say): void {
  const references = others.map(({ reference, name }) => `${reference} ${name}`).join(', ')
  if (gone) say(row, 'problem', 'chosen-gone')
  else if (how === 'several') say(row, 'problem', 'several-fit', { references })
  else if (how === 'read' && found === null && others.some(({ by }) => by !== 'activity'))
    say(row, 'warning', 'looks-like', { references })
}
