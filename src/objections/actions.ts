export { raiseObjection, type Raising } from './actions/raise.js'
export {
  assessObjection,
  confirmRemedy,
  proposeRemedyTo,
  settleObjection,
  takeObjection,
  withdrawOwnObjection,
  type OwnWords,
} from './actions/settle.js'
export { writeFromCustomer, writeToCustomer } from './actions/messages.js'
export { exampleMail } from './actions/example.js'
export { objectionTasks } from './actions/tasks.js'
export { filesOf } from './actions/show.js'
export {
  objectionById,
  objectionByReference,
  objectionsOfCustomer,
  objectionsOfRecipient,
  objectionsOfRecipients,
} from './records.js'
export { openObjectionsOfNotices } from './records/of-notices.js'
