export { addCustomerTo, concludeNobody, leaveOut, registerCall, registerTold } from './actions/customers.js'
export {
  addNote,
  breachFile,
  closeBreach,
  concludeNoBreach,
  noteAuthority,
  reopenBreach,
} from './actions/close.js'
export { correctTimes, judgeRisk, saveContent, saveDetails } from './actions/details.js'
export { enterBreach } from './actions/enter.js'
export { affectedOf, breachOf } from './actions/move.js'
export {
  answerQuestion,
  askAboutBreach,
  breachesForCustomer,
  breachForCustomer,
  confirmBreach,
  type OwnBreach,
} from './actions/own.js'
export { paperFor } from './actions/paper.js'
export { sendAgain, sendPhase } from './actions/send.js'
export {
  allToCall,
  breachesToList,
  breachToShow,
  callsToShow,
  customerToShow,
  namesOfServices,
  wordsFor,
  type Callable,
  type ListedBreach,
  type ShownBreach,
  type ShownCustomer,
} from './actions/show.js'
export { standingOf } from './actions/standing.js'
export { breachDates, breachTasks } from './actions/tasks.js'
export { mailReportLink, moreByVendor, reportByVendor, reportsOf, vendorBy } from './actions/vendor.js'
export { breachesInPeriod } from './actions/year.js'
