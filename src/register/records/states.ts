import type { Day } from '../../base/day.js'
import { engagementVersions, listStates, type ListState } from '../rules.js'
import { approvalsOfAll } from './approvals.js'
import { engagementsByIds } from './engagements.js'
import { vendorsByIds } from './vendors.js'

/** Every state the customer's list has gone through up to the day, oldest first. */
export async function listStatesOf(customer: string, until: Day): Promise<ListState[]> {
  const approvals = await approvalsOfAll([customer])
  const engagements = await engagementsByIds([...new Set(approvals.map(({ engagement }) => engagement))])
  const vendors = new Map(
    (await vendorsByIds(engagements.map(({ vendor }) => vendor))).map((each) => [each._id, each]),
  )
  return listStates(
    approvals,
    engagements.flatMap(({ _id, reference, vendor: id, versions }) => {
      const vendor = vendors.get(id)
      return vendor ? [{ _id, reference, versions: engagementVersions(id, vendor.versions, versions) }] : []
    }),
    until,
  )
}
