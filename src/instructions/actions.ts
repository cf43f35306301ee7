export { approvalsToShow, type ApprovalAsked, type ApprovalShown } from './actions/approvals.js'
export { addAgreementVersion, agreementChangelog } from './actions/agreement-versions.js'
export {
  doubtInstruction,
  giveInstruction,
  instructionOf,
  withdrawInstruction,
  type GivenInstruction,
} from './actions/give.js'
export { instructionFile, instructionToShow, instructionsToList } from './actions/show.js'
export { instructionsInPeriod, type InstructionsInYear } from './actions/year.js'
export { instructionsOfCustomer } from './records.js'
