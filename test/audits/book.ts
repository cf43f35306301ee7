/** The audit log as a book: each record's entries in their order, and what they are read by. */
import { dayOf, type Day } from '../../src/base/day.js'

export type LoggedEntry = {
  kind: string
  about: string
  version: number | null
  event: string
  at: Date
  facts: Record<string, unknown>
}

export type Period = { from: Day; to: Day }
export type Numbers = Record<string, number>
/** Of each table its rows as 'CN-2026-001 customers=3 told=2': what it is about, and its numbers. */
export type Rows = Record<string, string[]>

const zone = 'Europe/Copenhagen'

/** By kind and record, each record's entries in the order of its versions. */
export type Book = {
  of: (kind: string) => Map<string, LoggedEntry[]>
  all: readonly LoggedEntry[]
  /** An entry from before its event said all that is counted from it: told, and not passed over. */
  lacks: (entry: LoggedEntry) => void
  lacking: Set<string>
}

export function bookOf(entries: readonly LoggedEntry[]): Book {
  const kinds = new Map<string, Map<string, LoggedEntry[]>>()
  const inOrder = entries.toSorted(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.version ?? 0) - (b.version ?? 0),
  )
  for (const entry of inOrder) {
    const records = kinds.get(entry.kind) ?? new Map<string, LoggedEntry[]>()
    records.set(entry.about, [...(records.get(entry.about) ?? []), entry])
    kinds.set(entry.kind, records)
  }
  const lacking = new Set<string>()
  return {
    of: (kind) => kinds.get(kind) ?? new Map(),
    all: inOrder,
    lacks: ({ event, about }) => lacking.add(`${event} ${about}`),
    lacking,
  }
}

export const dayIn = (entry: Pick<LoggedEntry, 'at'>): Day => dayOf(entry.at, zone)
export const within = (day: unknown, { from, to }: Period) =>
  typeof day === 'string' && day >= from && day <= to
export const last = (entries: readonly LoggedEntry[], ...events: string[]) =>
  entries.findLast(({ event }) => events.includes(event))

export function add(found: Numbers, key: string, count = 1): void {
  found[key] = (found[key] ?? 0) + count
}

/** A row of a table as it is compared: numbers that are not there are left out. */
export function rowOf(about: string, numbers: Record<string, number | null | undefined>): string {
  const shown = Object.entries(numbers).flatMap(([name, number]) =>
    typeof number === 'number' ? [`${name}=${number}`] : [],
  )
  return [about, ...shown].join(' ')
}

/** From a file with an entry to a line. */
export function entriesOf(lines: string): LoggedEntry[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const entry = JSON.parse(line) as LoggedEntry
      return { ...entry, at: new Date(entry.at) }
    })
}
