import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import {
  isInBaseline,
  engagementById,
  engagementByReference,
  EngagementModel,
  moveIntoUse,
  moveOutOfUse,
} from '../records.js'
import type { Engagement } from '../rules.js'

/** Use began on the day. Where a day of use stands already, nothing changes. */
export async function confirmInUse(context: Context, engagement: string, day: Day): Promise<void> {
  const move = {
    at: context.now,
    by: context.actor,
    event: 'engagement.taken-into-use',
    facts: { since: day },
  }
  await recorded(await moveIntoUse(engagement, day, move))
}

/** `day` is the first day it is no longer used. Where it is not in use, nothing changes. */
export async function endUse(context: Context, engagement: string, day: Day): Promise<void> {
  const current = await engagementById(engagement)
  const since = current?.inUse.since ?? null
  if (since !== null && day < since) throw new Refused('use-ends-before-it-began')
  const move = {
    at: context.now,
    by: context.actor,
    event: 'engagement.taken-out-of-use',
    facts: { until: day },
  }
  await recorded(await moveOutOfUse(engagement, day, move))
}

/**
 * Staff note use of what no notice announces: a sub-processor on a list accepted at signing, and vendors that are not
 * sub-processors. Any other use is confirmed on its notice, where it is checked per customer.
 */
export async function registerUse(context: Context, reference: string, day: Day): Promise<void> {
  const engagement = await engagementByReference(reference)
  if (!engagement) throw new NotFound()
  if (engagement.endedOn !== null) throw new Refused('engagement-already-ended')
  if (engagement.inUse.since !== null && engagement.inUse.until === null) throw new Refused('already-in-use')
  if (engagement.role === 'sub-processor' && !(await isInBaseline(engagement._id, day)))
    throw new Refused('use-not-approved')
  await confirmInUse(context, engagement._id, day)
}

async function recorded(moved: Engagement | null): Promise<void> {
  if (moved) await record(EngagementModel, moved)
}
