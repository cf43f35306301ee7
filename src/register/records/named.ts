import type { Engagement, Vendor } from '../rules.js'
import { EngagementModel } from './engagements.js'
import { VendorModel, vendorsByIds } from './vendors.js'

/** Those with these references, in their order, each with the name of its vendor. */
export async function engagementsByReferences(
  references: readonly string[],
): Promise<{ engagement: Engagement; vendorName: string }[]> {
  const found = await EngagementModel.find({ reference: { $in: [...references] } }, { moves: 0 })
    .sort({ reference: 1 })
    .lean<Engagement[]>()
  const vendors = await vendorsByIds([...new Set(found.map(({ vendor }) => vendor))])
  const names = new Map(vendors.map(({ _id, name }) => [_id, name]))
  return found.map((engagement) => ({ engagement, vendorName: names.get(engagement.vendor) ?? '' }))
}

export async function vendorsByReferences(references: readonly string[]): Promise<Vendor[]> {
  return VendorModel.find({ reference: { $in: [...references] } }, { moves: 0 })
    .sort({ reference: 1 })
    .lean<Vendor[]>()
}
