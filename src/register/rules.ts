import type { Moved } from '../db/moves.js'
import type { EngagementBody } from './rules/engagement.js'
import type { ServiceContent, VendorContent } from './rules/vendor.js'

export * from './rules/baseline.js'
export * from './rules/changes.js'
export * from './rules/completeness.js'
export * from './rules/differences.js'
export * from './rules/engagement.js'
export * from './rules/list.js'
export * from './rules/list-states.js'
export * from './rules/vendor.js'
export * from './rules/versions.js'

/** `reference` is what people speak by: 'S-01', 'V-0001', 'E-0001'. */
type Referred = { _id: string; reference: string }

export type Service = Referred & ServiceContent & Moved
export type Vendor = Referred & VendorContent & Moved
export type Engagement = Referred & EngagementBody & Moved

/** An engagement with what a reader needs to recognise it. */
export type EngagementRow = Engagement & { vendorName: string; vendorReference: string }
