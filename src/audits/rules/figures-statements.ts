import { earlierOf, laterOf, type Day } from '../../base/day.js'

/** The part of each gap that lies in the period; both days of each are in it. */
export function gapsIn(
  gaps: readonly { from: Day; to: Day }[],
  period: { from: Day; to: Day },
): { from: Day; to: Day }[] {
  return gaps
    .map(({ from, to }) => ({ from: laterOf(from, period.from), to: earlierOf(to, period.to) }))
    .filter(({ from, to }) => from <= to)
}
