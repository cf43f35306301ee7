/** What happens when in a year: rings of the year wheel, from the outside in. */
import { addDays, type Day } from '../../base/day.js'

export const yearKinds = ['notice', 'questionnaire', 'statement', 'follow-up', 'basis', 'audit'] as const
export type YearKind = (typeof yearKinds)[number]

/** In the order in which somebody has to look at them. */
export const yearStates = ['late', 'coming', 'done'] as const
export type YearState = (typeof yearStates)[number]

/** `what`: a whole text key, what it is. */
export type YearEvent = {
  kind: YearKind
  what: string
  day: Day
  state: YearState
  reference: string
  /** A vendor's name, a country: no customer's. */
  name: string
  path: string
}

export type YearCell = { kind: YearKind; counts: Record<YearState, number>; events: YearEvent[] }
export type YearMonth = { month: number; first: Day; cells: YearCell[] }

/** Done on whatever day it was done; otherwise late from the day after the last day on. */
export function yearState(done: boolean, day: Day, today: Day): YearState {
  return done ? 'done' : day < today ? 'late' : 'coming'
}

/**
 * Where it stands in the year that it belongs to: a duty of the year that fell due before it stands in the first month, and one with
 * a day after it (a use that began in December) in the last.
 */
export function monthOf({ day }: Pick<YearEvent, 'day'>, year: number): number {
  return day < firstDayOf(year) ? 1 : day > lastDayOf(year) ? 12 : Number(day.slice(5, 7))
}

/** The twelve months with what falls in each. */
export function monthsOf(events: readonly YearEvent[], year: number): YearMonth[] {
  return Array.from({ length: 12 }, (_, at) => {
    const first = `${year}-${String(at + 1).padStart(2, '0')}-01`
    const own = events
      .filter((event) => monthOf(event, year) === at + 1)
      .toSorted((a, b) => compare(`${a.day} ${a.reference}`, `${b.day} ${b.reference}`))
    return { month: at + 1, first, cells: yearKinds.map((kind) => cellOf(kind, own)) }
  })
}

function cellOf(kind: YearKind, events: readonly YearEvent[]): YearCell {
  const own = events.filter((event) => event.kind === kind)
  const count = (state: YearState) => own.filter((event) => event.state === state).length
  return { kind, counts: { late: count('late'), coming: count('coming'), done: count('done') }, events: own }
}

/** What a ring shows of a month: the state somebody has to look at first; null where nothing happens. */
export function foremost({ counts }: Pick<YearCell, 'counts'>): YearState | null {
  return yearStates.find((state) => counts[state] > 0) ?? null
}

export function firstDayOf(year: number): Day {
  return `${year}-01-01`
}

export function lastDayOf(year: number): Day {
  return `${year}-12-31`
}

/** How far the year has come on the day, from 0 to 1; null where the day is of another year. */
export function shareOf(year: number, day: Day): number | null {
  if (!day.startsWith(`${year}-`)) return null
  const last = addDays(firstDayOf(year + 1), -1)
  const days = (from: Day, to: Day) => (Date.parse(to) - Date.parse(from)) / 86_400_000
  return days(firstDayOf(year), day) / (days(firstDayOf(year), last) + 1)
}

const yearsBack = 10
const yearsAhead = 2

/** The year in an address: ten years back and two ahead at the most. */
export function yearAsked(asked: unknown, present: number): number {
  const year = typeof asked === 'string' && /^\d{4}$/.test(asked) ? Number(asked) : present
  return Math.min(Math.max(year, present - yearsBack), present + yearsAhead)
}

/** The month in an address; null where it is none. */
export function monthAsked(asked: string): number | null {
  return /^(?:[1-9]|1[0-2])$/.test(asked) ? Number(asked) : null
}

/** Those beside it that can be asked for, and itself. */
export function yearsBeside(year: number, present: number): number[] {
  return [year - 1, year, year + 1].filter((each) => yearAsked(String(each), present) === each)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
