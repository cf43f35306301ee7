/** A change of an engagement that customers have approved: planned beside it, and told before it is so. */
import type { Day } from '../../base/day.js'
import { engagementFacts, type Engagement, type ListRow } from '../rules.js'
import { termsOf } from './terms.js'

export type NoChangePlanned =
  'engagement-already-ended' | 'change-of-unapproved' | 'change-only-of-sub-processor'

/** Why no change is planned for it; null where it may be. What nobody has approved is simply edited. */
export function reasonNotToPlan(
  { endedOn, role }: Pick<Engagement, 'endedOn' | 'role'>,
  approved: boolean,
): NoChangePlanned | null {
  if (endedOn !== null) return 'engagement-already-ended'
  if (role !== 'sub-processor') return 'change-only-of-sub-processor'
  return approved ? null : 'change-of-unapproved'
}

/** Everything as it is today; what changes is edited on the copy, which nobody has approved yet. */
export function copyOf(engagement: Engagement) {
  return { ...engagementFacts(engagement), ...termsOf(engagement), vendor: engagement.vendor }
}

/** The one still being planned, if there is one: two copies would each undo the other's change. */
export function plannedAmong(
  continuing: readonly Engagement[],
  approved: ReadonlySet<string>,
): Engagement | null {
  return (
    continuing.find(
      ({ _id, endedOn, inUse }) => endedOn === null && inUse.since === null && !approved.has(_id),
    ) ?? null
  )
}

type OnList = Pick<ListRow, 'engagement' | 'continues' | 'inUse'>

/**
 * The list as one who signs on the day accepts it. While some customers are still on the earlier form of an engagement, both stand on
 * the list of all: who comes new accepts what is used for customers now, and is told of what is still to come.
 */
export function acceptedOf<Row extends OnList>(list: readonly Row[], day: Day): Row[] {
  const there = new Set(list.map(({ engagement }) => engagement))
  const changed = list.filter(({ continues }) => continues !== undefined && there.has(continues))
  const dropped = new Set(
    changed.map(({ engagement, continues, inUse }) =>
      inUse.since !== null && inUse.since <= day ? continues : engagement,
    ),
  )
  return list.filter(({ engagement }) => !dropped.has(engagement))
}
