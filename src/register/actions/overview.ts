import type { Day } from '../../base/day.js'
import { approvedAmong, engagementsOf, isApprovedFrom, unusedSubProcessors } from '../records.js'
import type { EngagementRow } from '../rules.js'

/** Sub-processors that are entered and that no customer has approved: what a notice may announce as an addition. */
export async function plannedEngagements(today: Day): Promise<EngagementRow[]> {
  const unused = await unusedSubProcessors()
  const approved = await approvedAmong(
    unused.map(({ _id }) => _id),
    today,
  )
  return unused.filter(({ _id }) => !approved.has(_id))
}

/** Ids of the vendor's engagements that any customer has approved today or from a later day. */
export async function approvedOfVendor(vendor: string, today: Day): Promise<string[]> {
  const running = (await engagementsOf(vendor)).filter(
    ({ endedOn, role }) => endedOn === null && role === 'sub-processor',
  )
  const approved = await Promise.all(running.map(({ _id }) => isApprovedFrom(_id, today)))
  return running.flatMap(({ _id }, row) => (approved[row] ? [_id] : []))
}
