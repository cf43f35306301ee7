/** How the list of all customers together went through the period: from the dated intervals in which each approved what. */
import type { Day } from '../../base/day.js'

export type Interval = { from: Day; to: Day | null }

export type Turns = {
  /** On the list on the day before the period: what last year ended with, this one begins with. */
  start: string[]
  end: string[]
  /** First seen in the period, with the day. Also what came and went again within it. */
  added: { engagement: string; on: Day }[]
  /** Approved by nobody any more, with the first day of that. */
  removed: { engagement: string; on: Day }[]
}

/** B.1: a sub-processor is on the list while any customer has it approved. `start + added - removed = end`. */
export function turnsOf(
  days: ReadonlyMap<string, readonly Interval[]>,
  { before, from, to }: { before: Day; from: Day; to: Day },
): Turns {
  const turns: Turns = { start: [], end: [], added: [], removed: [] }
  for (const [engagement, all] of days) {
    // An approval that ended on its first day never covered any.
    const own = all.filter(({ from: begun, to: ended }) => ended === null || ended > begun)
    const first = own.map((each) => each.from).filter((on) => on >= from && on <= to)
    const atStart = own.some((each) => covers(each, before))
    const atEnd = own.some((each) => covers(each, to))
    const came = !atStart && first.length > 0
    if (atStart) turns.start.push(engagement)
    if (atEnd) turns.end.push(engagement)
    if (came) turns.added.push({ engagement, on: first.toSorted()[0]! })
    if (!atEnd && (atStart || came)) turns.removed.push({ engagement, on: lastEnd(own, to) })
  }
  return turns
}

function covers({ from, to }: Interval, day: Day): boolean {
  return from <= day && (to === null || to > day)
}

function lastEnd(own: readonly Interval[], to: Day): Day {
  return own
    .flatMap((each) => (each.to !== null && each.to <= to ? [each.to] : []))
    .toSorted()
    .at(-1)!
}
