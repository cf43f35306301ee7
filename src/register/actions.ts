export { acceptBaseline, acceptListAsSigned, approve, endApprovals } from './actions/approvals.js'
export { differencesFor, vendorsAbove } from './actions/differences.js'
export {
  changesByEngagementEdit,
  createEngagement,
  editEngagement,
  endEngagement,
  type EngagementInput,
  type NewEngagement,
} from './actions/engagements.js'
export { addImportedEngagements, addImportedVendors } from './actions/imported.js'
export { createService, editService, endService, type ServiceInput } from './actions/services.js'
export { confirmInUse, endUse, registerUse } from './actions/use.js'
export {
  changesByVendorEdit,
  createVendor,
  editVendor,
  endVendor,
  type NewVendor,
  type VendorInput,
} from './actions/vendors.js'
export { approvedEngagementsFor, plannedEngagements, type ApprovedEngagement } from './actions/overview.js'
export {
  allServices,
  approvalCounts,
  approvedOnOrAfter,
  countApproved,
  engagementByReference,
  engagementContent,
  engagementsByIds,
  everyEngagement,
  everyVendor,
  listForAll,
  listOn,
  listStatesOf,
  runningEngagements,
  servicesByIds,
  vendorByReference,
  vendorsByIds,
} from './records.js'
