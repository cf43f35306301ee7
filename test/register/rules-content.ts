import {
  contentOf,
  type EngagementContent,
  type EngagementFacts,
  type VendorFacts,
} from '../../src/register/rules.js'
import { engagementInput, vendorInput } from './builders.js'

export const facts = (changes: Partial<VendorFacts> = {}) => vendorInput(changes) as VendorFacts

export const content = (
  vendor: Partial<VendorFacts> = {},
  engagement: Partial<EngagementFacts> = {},
): EngagementContent => contentOf('v1', facts(vendor), engagementInput(engagement))
