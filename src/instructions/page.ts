export { approvalRow, groundsOfCustomer } from './page/approvals.js'
export { instructionItem, instructionPage, instructionRow, urlOf } from './page/instruction.js'
export { changelogRow } from './page/versions.js'
