import type { Day } from '../../base/day.js'
import { approvalsAsKnown, listedVersions, listStates, type ListState } from '../rules.js'
import { approvalsOfAll } from './approvals.js'
import { engagementsToList } from './engagement-rows.js'
import { vendorsToList } from './vendors.js'

/**
 * Every state the customer's list has gone through up to the day, oldest first; as the register knows them now, or as it
 * knew them at the end of the day `known`.
 */
export async function listStatesOf(customer: string, until: Day, known?: Day): Promise<ListState[]> {
  const approvals = approvalsAsKnown(await approvalsOfAll([customer]), known)
  const engagements = await engagementsToList([...new Set(approvals.map(({ engagement }) => engagement))])
  const vendors = new Map(
    (await vendorsToList(engagements.map(({ vendor }) => vendor))).map((each) => [each._id, each]),
  )
  return listStates(
    approvals,
    engagements.flatMap((engagement) => {
      const vendor = vendors.get(engagement.vendor)
      return vendor ? [{ ...engagement, versions: listedVersions(vendor, engagement, known) }] : []
    }),
    until,
  )
}
