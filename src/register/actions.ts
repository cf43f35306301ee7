export {
  approvalFound,
  correctApproval,
  type ApprovalFinding,
  type ToldOn,
} from './actions/approval-corrections.js'
export {
  acceptBaseline,
  acceptListAsSigned,
  approve,
  endApprovals,
  listForTold,
} from './actions/approvals.js'
export { noteSiteAssurance } from './actions/site-assurance.js'
export { askAboutByItself } from './actions/asked-by-itself.js'
export {
  branchesBelow,
  chainAround,
  chainBelow,
  chainOn,
  engagementsAbove,
  knownNodes,
  listWithChain,
  type KnownLink,
  type KnownNode,
} from './actions/chain.js'
export { moveBranch, previewMove, type MovePreview } from './actions/chain-move.js'
export { changePlanned, endContinued, planChange } from './actions/continued.js'
export { resumeApprovals } from './actions/resumed.js'
export { correctEngagement, correctVendor, type Ground, type TellOfNotices } from './actions/corrections.js'
export { registerCopy, registerSending } from './actions/contract-copies.js'
export {
  addContract,
  addRedactedCopy,
  checkContract,
  correctContract,
  disownContract,
  owedToCustomers,
  withdrawRedactedCopy,
} from './actions/contracts.js'
export {
  previewEngagementCorrection,
  previewVendorCorrection,
  type CorrectionPreview,
} from './actions/correction-preview.js'
export { differencesFor, vendorsAbove, type Whose } from './actions/differences.js'
export {
  changesByEngagementEdit,
  createEngagement,
  editEngagement,
  endEngagement,
  type EngagementInput,
  type NewEngagement,
} from './actions/engagements.js'
export { addImportedEngagements, addImportedVendors } from './actions/imported.js'
export {
  engagementPage,
  engagementsMatching,
  vendorListPage,
  vendorsMatching,
  type EngagementEntry,
  type VendorEntry,
} from './actions/lists.js'
export { readEngagementQuery, readVendorQuery } from './form/lists.js'
export { noteAssurance } from './actions/places.js'
export { createSite, editSite, endSite, keepSite, sitesOn, type NewSite } from './actions/sites.js'
export { pastList, type PastList } from './actions/past.js'
export { changeEngagements, changeVendors, planForEngagements, planForVendors } from './actions/several.js'
export {
  countLackingAt,
  drawnOfList,
  firstPlanned,
  wholeDifferences,
  wholeListPage,
  type WholeListPage,
} from './actions/whole-list.js'
export { foundInChain } from './actions/chain-search.js'
export { contractTasks } from './actions/contract-tasks.js'
export { lawTasks, type LawTask } from './actions/law-tasks.js'
export {
  instructionsFor,
  nobodyInstructed,
  nobodyLeftOut,
  uninstructedRows,
  type InstructedFor,
} from './actions/instructed.js'
export { lawFindings, type LawFindings } from './actions/law-findings.js'
export { createService, editService, endService, type ServiceInput } from './actions/services.js'
export {
  completenessAt,
  completenessNow,
  lookOver,
  staleWork,
  worklist,
  workOfField,
  workPage,
  type FieldWork,
  type Worklist,
} from './actions/worklist.js'
export { confirmInUse, endUse, registerUse } from './actions/use.js'
export {
  changesByVendorEdit,
  createVendor,
  editVendor,
  endVendor,
  type NewVendor,
  type VendorInput,
} from './actions/vendors.js'
export { engagementsToPick, vendorsToPick, type FoundEngagement } from './actions/pick.js'
export { approvedOfVendor, plannedEngagements } from './actions/overview.js'
export {
  acceptedAtSigning,
  allServices,
  allSites,
  approvalCounts,
  approvedAmong,
  approvalsHeld,
  approvedOn,
  approvedOnOrAfter,
  approvedSince,
  engagementByReference,
  engagementContent,
  engagementsByIds,
  engagementsInDataCentres,
  engagementsOf as engagementsOfVendor,
  everyEngagement,
  everyVendor,
  isAnyApprovedBy,
  listForAll,
  listsUpToDate,
  listForService,
  listOn,
  listStatesOf,
  countRunningEngagements,
  runningEngagements,
  siteByReference,
  vendorByReference,
  vendorsByIds,
  whileListsStand,
} from './records.js'
export { approvedBy } from './records/approved-by.js'
export {
  approvalsOfAll as approvalsOfCustomers,
  customersApproving,
  approvalsOfEngagement,
  approvalsWithPast,
  customersWithoutList,
  engagementsBelow,
  subProcessorsAgreed,
  subProcessorsEndedBetween,
  subProcessorsInUse,
  vendorAddresses,
  type AgreedEngagement,
  type EndedEngagement,
} from './records.js'
