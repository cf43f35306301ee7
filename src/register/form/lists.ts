import { readListQuery } from '../../lists/rules.js'
import { engagementList, vendorList, type EngagementQuery, type VendorQuery } from '../rules/lists.js'

/** The query of an address of the engagements' list; what it does not know is left out. */
export function readEngagementQuery(query: unknown): EngagementQuery {
  return readListQuery(engagementList, query)
}

export function readVendorQuery(query: unknown): VendorQuery {
  return readListQuery(vendorList, query)
}
