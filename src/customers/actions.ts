export { putBackAsBefore, type AsBefore } from './actions/as-before.js'
export { customerByReference, type Which } from './actions/move.js'
export { customerNamesByReferences, customersToPick } from './actions/pick.js'
export {
  addCustomer,
  addCustomers,
  changeAgreement,
  editGeneral,
  endCustomer,
  resumeCustomer,
  type NewCustomer,
} from './actions/customer.js'
export {
  addContact,
  changeContact,
  currentContact,
  endContact,
  moveContactUp,
  renewContactLinks,
} from './actions/contacts.js'
export { buyService, endService } from './actions/services.js'
export {
  batchesToTell,
  breachHoursFor,
  countCustomers,
  customerIdsAt,
  customersAt,
  customersChangedBetween,
  customersEndedBy,
  customersGone,
  customersLeavingBetween,
  everyCustomer,
  customersPerService,
  findCustomersByIds as customersByIds,
  anyLacksInstruction,
  countBuyers,
  customersLackingInstruction,
  instructionsInAgreements,
  instructionsOf,
  type InstructionsOf,
  type Leaving,
  noticePeriodsFor,
} from './records.js'
export { customersMatching, readCustomerQuery } from './actions/lists.js'
export { changeCustomers, planForCustomers } from './actions/several.js'
export { buyersOf, countPerPeriod, type Buyer } from './records/owed.js'
export { activeCustomersAfter, agreementVersionsOn, customersNamed } from './records/versions.js'
