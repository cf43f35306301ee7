import { moveRecorded } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import {
  approvedAmong,
  engagementById,
  engagementByReference,
  EngagementModel,
  engagementsBelow,
  engagementsContinuing,
  isApprovedFrom,
} from '../records.js'
import type { Engagement } from '../rules.js'
import { copyOf, plannedAmong, reasonNotToPlan } from '../rules/continued.js'
import { moveBranch } from './chain-move.js'
import { createEngagement } from './engagements.js'

/**
 * The changed engagement, planned beside the one that customers have approved: a copy to edit. Asked again while it is planned, it is
 * the same one.
 * Throws `Refused`: 'engagement-already-ended', 'change-only-of-sub-processor', 'change-of-unapproved'.
 */
export async function planChange(context: Context, reference: string): Promise<Engagement> {
  const engagement = await engagementByReference(reference)
  if (!engagement) throw new NotFound()
  const reason = reasonNotToPlan(engagement, await isApprovedFrom(engagement._id, context.today))
  if (reason) throw new Refused(reason)
  const continuing = await engagementsContinuing(engagement._id)
  const planned = plannedAmong(continuing, await approvedOf(continuing, context.today))
  if (planned) return planned
  // One id for each change of an engagement: of two clicks at the same moment the second finds it taken.
  const _id = `${engagement._id}-${continuing.length + 1}`
  try {
    return await createEngagement(context, {
      ...copyOf(engagement),
      sample: engagement.sample,
      continues: { engagement: engagement._id, _id },
    })
  } catch (error) {
    const other = await engagementById(_id)
    if (other) return other
    throw error
  }
}

/** The change that is planned for an engagement, where there is one. */
export async function changePlanned(engagement: Engagement, today: Day): Promise<Engagement | null> {
  const continuing = await engagementsContinuing(engagement._id)
  return plannedAmong(continuing, await approvedOf(continuing, today))
}

/**
 * Ends an engagement that goes on as another once it is on nobody's list any more; its further sub-processors hang below that one from
 * then on. Where customers keep it, nothing changes, and a repeat changes nothing. `notice`: the one that told of it.
 */
export async function endContinued(
  context: Context,
  id: string,
  { successor, on, notice }: { successor: string; on: Day; notice: string },
): Promise<void> {
  const [engagement, next] = await Promise.all([engagementById(id), engagementById(successor)])
  if (!engagement || !next || engagement.endedOn !== null) return
  if (await isApprovedFrom(id, on)) return
  for (const { reference, version, endedOn } of await engagementsBelow(id))
    if (endedOn === null)
      await moveBranch(context, { reference, version }, { to: next.reference, because: notice })
  const current = await engagementById(id)
  if (!current || current.endedOn !== null) return
  const { since, until } = current.inUse
  // Where somebody saved it at this moment, whoever comes next finds it still running.
  await moveRecorded(
    context,
    EngagementModel,
    current,
    {
      endedOn: on,
      endedBecause: `${next.reference} · ${notice}`,
      inUse: { since, until: since !== null && until === null ? on : until },
    },
    { event: 'engagement.continued', facts: { on, successor: next.reference, notice } },
  )
}

async function approvedOf(engagements: readonly Engagement[], today: Day): Promise<Set<string>> {
  return approvedAmong(
    engagements.map(({ _id }) => _id),
    today,
  )
}
