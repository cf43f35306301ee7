export { findingOf } from './actions/move.js'
export { openFinding, type NewFinding } from './actions/open.js'
export { findingFile, findingToShow, ownersToChoose, type OwnerChoice } from './actions/show.js'
export {
  acceptFinding,
  answerFinding,
  changeFinding,
  closeFinding,
  noteOnFinding,
  reopenFinding,
  resumeReminders,
  stopReminders,
} from './actions/steps.js'
export { findingTasks } from './actions/tasks.js'
export { findingById, findingsOf, findingsOfVendor } from './records.js'
