import type { Moved } from '../db/moves.js'
import type { EngagementBody } from './rules/engagement.js'
import type { ServiceContent, VendorContent } from './rules/vendor.js'

export * from './rules/baseline.js'
export * from './rules/chain.js'
export * from './rules/changes.js'
export * from './rules/completeness.js'
export * from './rules/completeness-share.js'
export * from './rules/corrections.js'
export * from './rules/contract.js'
export * from './rules/contract-check.js'
export * from './rules/contract-copy.js'
export * from './rules/data-centres.js'
export * from './rules/differences.js'
export * from './rules/engagement.js'
export * from './rules/further.js'
export * from './rules/known.js'
export * from './rules/list.js'
export * from './rules/list-states.js'
export * from './rules/listing.js'
export * from './rules/place-countries.js'
export * from './rules/risk.js'
export * from './rules/sites.js'
export * from './rules/spans.js'
export * from './rules/standing.js'
export { termsOf } from './rules/terms.js'
export * from './rules/vendor.js'
export * from './rules/versions.js'
export * from './rules/worklist.js'

/** `reference` is what people speak by: 'S-01', 'V-0001', 'E-0001'. */
type Referred = { _id: string; reference: string }

export type Service = Referred & ServiceContent & Moved
export type Vendor = Referred & VendorContent & Moved
export type Engagement = Referred & EngagementBody & Moved

/** An engagement with what a reader needs to recognise it. */
export type EngagementRow = Engagement & { vendorName: string; vendorReference: string }
