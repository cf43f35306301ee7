import type { Day } from '../../base/day.js'

const endings: Record<string, 'closed' | 'accepted' | null> = {
  'finding.closed': 'closed',
  'finding.accepted': 'accepted',
  'finding.reopened': null,
}

/** How and when a finding ended by that day, from its moves in their order; null where it was open then. */
export function endedOn(
  moves: readonly { event: string; on: Day }[],
  by: Day,
): { as: 'closed' | 'accepted'; on: Day } | null {
  let ended: { as: 'closed' | 'accepted'; on: Day } | null = null
  for (const { event, on } of moves) {
    if (on > by || !(event in endings)) continue
    const as = endings[event] ?? null
    ended = as === null ? null : { as, on }
  }
  return ended
}

/** Still open on the day, and its own day has passed. */
export function overdueIn({ dueOn, ended }: { dueOn: Day; ended: Day | null }, day: Day): boolean {
  return ended === null && dueOn < day
}
