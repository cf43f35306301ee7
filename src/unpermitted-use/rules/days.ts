/** On which days a sub-processor was used for a customer that had not permitted it. */
import { addDays, daysBetween, earlierOf, laterOf, type Day } from '../../base/day.js'

/** `to` is the first day it no longer holds; null while it does. */
export type Interval = { from: Day; to: Day | null }

/** `until`: the first day it was no longer so; null while it still is. `days`: how many days, today among them. */
export type Without = { since: Day; until: Day | null; days: number }

/**
 * The days of use on which the customer bought a service concerned and no approval covered it; null where there is none.
 *
 * Clause 7.3 and art. 28(2): no use before the customer has permitted it. Days count only while the customer buys what the
 * sub-processor is used for, and an approval given later does not reach back.
 */
export function daysWithout(
  used: Interval,
  bought: readonly Interval[],
  approved: readonly Interval[],
  today: Day,
): Without | null {
  const tomorrow = addDays(today, 1)
  const end = (to: Day | null): Day => (to === null ? tomorrow : earlierOf(to, tomorrow))
  let open = joined(
    bought.map(({ from, to }) => ({
      from: laterOf(from, used.from),
      to: earlierOf(end(to), end(used.to)),
    })),
  )
  for (const approval of approved) open = open.flatMap((each) => minus(each, approval.from, end(approval.to)))
  const first = open[0]
  const last = open.at(-1)
  if (!first || !last) return null
  const days = open.reduce((sum, { from, to }) => sum + daysBetween(from, to), 0)
  return { since: first.from, until: last.to === tomorrow ? null : last.to, days }
}

type Closed = { from: Day; to: Day }

function joined(intervals: readonly Closed[]): Closed[] {
  const inOrder = intervals.filter(({ from, to }) => from < to).toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const together: Closed[] = []
  for (const each of inOrder) {
    const last = together.at(-1)
    if (last && each.from <= last.to) last.to = laterOf(last.to, each.to)
    else together.push({ ...each })
  }
  return together
}

function minus({ from, to }: Closed, begins: Day, ends: Day): Closed[] {
  return [
    { from, to: earlierOf(to, begins) },
    { from: laterOf(from, ends), to },
  ].filter((left) => left.from < left.to)
}
