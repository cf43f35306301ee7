export { raiseObjection, type Raising } from './actions/raise.js'
export { assessObjection, settleObjection, takeObjection, withdrawOwnObjection } from './actions/settle.js'
export { writeFromCustomer, writeToCustomer } from './actions/messages.js'
export { objectionTasks } from './actions/tasks.js'
export { filesOf } from './actions/show.js'
export {
  objectionByReference,
  objectionsOfCustomer,
  objectionsOfRecipient,
  objectionsOfRecipients,
} from './records.js'
