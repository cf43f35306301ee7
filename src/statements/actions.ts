export {
  centresNow,
  centresOf,
  findLackingCentres,
  type CentresAsked,
  type JudgedCentre,
} from './actions/centres.js'
export { statementOf } from './actions/move.js'
export { saveFacts } from './actions/read.js'
export { readStatement, type Reading } from './actions/read-pdf.js'
export { receiveStatement, statementToReplace } from './actions/receive.js'
export { tellReceived } from './actions/reminders.js'
export { askAgain, requestStatement, stopReminders, withdrawStatement } from './actions/request.js'
export { concludeStatement, reopenStatement } from './actions/conclude.js'
export { followUp, saveReview } from './actions/review.js'
export { setSettings, settingsNow } from './actions/settings.js'
export {
  acceptedCurrent,
  bridgeable,
  coverageOf,
  fileOfStatement,
  placesOfVendor,
  requestedById,
  statementsToList,
  statementToShow,
  suppliersToChoose,
  timelinesToShow,
} from './actions/show.js'
export { statementTasks } from './actions/tasks.js'
export { statementById, statementByReference, statementsOfVendor } from './records.js'
export type { Statement } from './rules.js'
