export { askSubProcessors } from './actions/ask.js'
export {
  acceptAnswers,
  answerByVendor,
  changePoints,
  departureFile,
  leaveOut,
  registerAnswer,
  sendBack,
  takeUpAgain,
} from './actions/answers.js'
export {
  callOffDeparture,
  closeDeparture,
  confirmationFile,
  confirmToCustomer,
  noteReceipt,
} from './actions/confirm.js'
export { lookForEndings } from './actions/look.js'
export { departureOf } from './actions/move.js'
export { openByHand } from './actions/open.js'
export { noteReply } from './actions/replies.js'
export { departureSettingsNow, setDepartureSettings } from './actions/settings.js'
export {
  departureForCustomer,
  departureForVendor,
  departuresForCustomer,
  departuresInPeriod,
  departuresToList,
  departureTasks,
  departureToShow,
  type ShownDeparture,
} from './actions/show.js'
export { chooseHandling, mayChooseHandling, tellCustomer } from './actions/tell.js'
