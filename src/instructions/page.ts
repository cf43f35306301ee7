export { approvalRow, groundsOfCustomer } from './page/approvals.js'
export { ownApproval, ownInstruction } from './page/own.js'
export { instructionItem, instructionPage, instructionRow, urlOf } from './page/instruction.js'
export { changelogRow } from './page/versions.js'
