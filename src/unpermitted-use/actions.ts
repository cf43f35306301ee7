export { findUnpermitted, lookAgain } from './actions/findings.js'
export { openCase, type Opening } from './actions/open.js'
export {
  caseToShow,
  casesToList,
  customerToShow,
  engagementAsked,
  fileOfCustomer,
  findingsToShow,
  unpermittedUseIn,
  wordsFor,
} from './actions/show.js'
export { addCustomerTo, closeCase, leaveOut, registerTold, stopUse, writeWords } from './actions/steps.js'
export { tellCustomers } from './actions/tell.js'
export { unpermittedUseTasks } from './actions/tasks.js'
export { casesOfEngagement } from './records.js'
export type { UseCase } from './rules.js'
