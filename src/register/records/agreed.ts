/** What the rooms above ask of all sub-processors at once: what is agreed with them, and who uses them without approval. */
import type { Day } from '../../base/day.js'
import type { Approval, Engagement } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'
import { EngagementModel } from './engagements.js'
import { vendorNames } from './vendors.js'

export type AgreedEngagement = Pick<
  Engagement,
  '_id' | 'reference' | 'vendor' | 'services' | 'activity' | 'theirNotice' | 'contract' | 'inUse' | 'sample'
> & { vendorName: string; vendorReference: string }

/** Running sub-processors of our own: with links further down the chain those above them have the contract. */
export async function subProcessorsAgreed(): Promise<AgreedEngagement[]> {
  const found = await EngagementModel.find(
    { parent: null, endedOn: null, role: 'sub-processor' },
    {
      reference: 1,
      vendor: 1,
      services: 1,
      activity: 1,
      theirNotice: 1,
      contract: 1,
      inUse: 1,
      sample: 1,
    },
  )
    .sort({ reference: 1 })
    .lean<Engagement[]>()
  return named(found)
}

/** Sub-processors that are in use on the day. */
export async function subProcessorsInUse(day: Day): Promise<AgreedEngagement[]> {
  const found = await EngagementModel.find(
    { endedOn: null, role: 'sub-processor', 'inUse.since': { $type: 'string', $lte: day } },
    { reference: 1, vendor: 1, services: 1, activity: 1, contract: 1, inUse: 1, sample: 1 },
  )
    .sort({ reference: 1 })
    .lean<Engagement[]>()
  return named(found.filter(({ inUse }) => inUse.until === null || inUse.until > day))
}

/** Sub-processors whose engagement ended on a day within these, links further down too. */
export async function subProcessorsEndedBetween(from: Day, to: Day): Promise<EndedEngagement[]> {
  const found = await EngagementModel.find(
    { endedOn: { $gte: from, $lte: to }, role: 'sub-processor' },
    {
      reference: 1,
      vendor: 1,
      services: 1,
      activity: 1,
      contract: 1,
      parent: 1,
      inUse: 1,
      earlierUse: 1,
      endedOn: 1,
      sample: 1,
    },
  ).lean<Engagement[]>()
  return named(found) as Promise<EndedEngagement[]>
}

export type EndedEngagement = AgreedEngagement & Pick<Engagement, 'parent' | 'earlierUse' | 'endedOn'>

/** Approvals of one engagement, past and to come, of these customers. */
export async function approvalsOfEngagement(
  engagement: string,
  customers: readonly string[],
): Promise<Pick<Approval, 'customer' | 'from' | 'to' | 'kind' | 'notice'>[]> {
  return ApprovalModel.find({ engagement, customer: { $in: [...customers] } })
    .select({ customer: 1, from: 1, to: 1, kind: 1, notice: 1 })
    .lean<Approval[]>()
}

async function named(engagements: Engagement[]): Promise<AgreedEngagement[]> {
  const vendors = new Map(
    (await vendorNames([...new Set(engagements.map(({ vendor }) => vendor))])).map((each) => [
      each._id,
      each,
    ]),
  )
  return engagements.map((engagement) => ({
    ...engagement,
    vendorName: vendors.get(engagement.vendor)?.name ?? '',
    vendorReference: vendors.get(engagement.vendor)?.reference ?? '',
  }))
}
