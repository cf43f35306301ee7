export {
  Customers,
  customersInOrder,
  everyCustomer,
  fillChangedAt,
  findCustomer,
  findCustomersByIds,
  insertCustomers,
  kept,
  removeUnusedCustomers,
} from './records/customers.js'
export { batchesToTell, breachHoursFor, customersChangedBetween, noticePeriodsFor } from './records/told.js'
export {
  agreedNotices,
  countCustomers,
  customersEndedBy,
  customerIdsAt,
  customersAt,
  customersPerService,
  othersAt,
  pageOfCustomers,
  type CustomerFilter,
} from './records/lists.js'
export { customersGone, customersLeavingBetween, type Leaving } from './records/ended.js'
export {
  anyLacksInstruction,
  countBuyers,
  customersLackingInstruction,
  instructionsInAgreements,
  instructionsOf,
  type InstructionsOf,
  type Lacking,
} from './records/instructions.js'
export {
  agreedVersions,
  countAsked,
  customersAsked,
  customersNamed,
  customerReferences,
  idsAsked,
} from './records/matching.js'
