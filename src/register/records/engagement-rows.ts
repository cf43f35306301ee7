/** Some engagements with their vendors' names, for pages that show a few of thousands. */
import type { Engagement, EngagementRow } from '../rules.js'
import { EngagementModel, withVendors } from './engagements.js'
import { vendorNames } from './vendors.js'

export type NamedEngagement = Pick<EngagementRow, 'reference' | 'vendor' | 'vendorName'>

/** Of each service the first so many of its sub-processors. */
export async function firstRunningFor(
  services: readonly string[],
  count: number,
): Promise<NamedEngagement[][]> {
  const found = await Promise.all(
    services.map(async (service) =>
      EngagementModel.find(
        { services: service, endedOn: null, role: 'sub-processor' },
        { reference: 1, vendor: 1 },
      )
        .sort({ reference: 1 })
        .limit(count)
        .lean<Omit<NamedEngagement, 'vendorName'>[]>(),
    ),
  )
  const vendors = await vendorNames([...new Set(found.flat().map(({ vendor }) => vendor))])
  const names = new Map(vendors.map(({ _id, name }) => [_id, name]))
  return found.map((rows) => rows.map((row) => ({ ...row, vendorName: names.get(row.vendor) ?? '' })))
}

/** In the order of the ids, without their histories. */
export async function engagementRows(ids: readonly string[]): Promise<EngagementRow[]> {
  const rows = await withVendors(
    await EngagementModel.find({ _id: { $in: [...ids] } }, { moves: 0, versions: 0 }).lean<Engagement[]>(),
  )
  const byId = new Map(rows.map((row) => [row._id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** What a list of some day is made of: the versions say what held when, and the present facts are only the last of them again. */
const listedFields = {
  reference: 1,
  vendor: 1,
  continues: 1,
  askedByItself: 1,
  contract: 1,
  contracts: 1,
  inUse: 1,
  earlierUse: 1,
  versions: 1,
  corrections: 1,
  endedOn: 1,
  sample: 1,
} as const
export type EngagementToList = Pick<Engagement, '_id' | keyof typeof listedFields>

export async function engagementsToList(ids: readonly string[]): Promise<EngagementToList[]> {
  if (ids.length === 0) return []
  return EngagementModel.find({ _id: { $in: ids } }, listedFields).lean<EngagementToList[]>()
}
