export { readCheck, readContract, readMistake, readRedacted } from './form/contract.js'
export { readCopy, readSending, type CopyForm } from './form/contract-copy.js'
export {
  readApprovalCorrection,
  readCorrection,
  type ApprovalCorrectionForm,
  type CorrectionForm,
} from './form/correction.js'
export { isAddingRow, readEngagement, unsaidStanding, type EngagementForm } from './form/engagement.js'
export { readAssurance, readSite, readSiteEnd } from './form/sites.js'
export {
  readBaseline,
  readChangeReason,
  readEnd,
  readPeriod,
  readService,
  readUse,
  readVersion,
} from './form/small.js'
export { readVendor } from './form/vendor.js'
export * from './form/several.js'
