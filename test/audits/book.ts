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

const zone = 'Europe/Copenhagen'

/** By kind and record, each record's entries in the order of its versions. */
export type Book = { of: (kind: string) => Map<string, LoggedEntry[]>; all: readonly LoggedEntry[] }

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
  return { of: (kind) => kinds.get(kind) ?? new Map(), all: inOrder }
}

export const dayIn = (entry: Pick<LoggedEntry, 'at'>): Day => dayOf(entry.at, zone)
export const within = (day: unknown, { from, to }: Period) =>
  typeof day === 'string' && day >= from && day <= to
export const last = (entries: readonly LoggedEntry[], ...events: string[]) =>
  entries.findLast(({ event }) => events.includes(event))

export function add(found: Numbers, key: string, count = 1): void {
  found[key] = (found[key] ?? 0) + count
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
