export {
  batchesToTell,
  breachHoursFor,
  Customers,
  customersInOrder,
  everyCustomer,
  fillChangedAt,
  findCustomer,
  findCustomersByIds,
  findCustomersToTell,
  insertCustomers,
  kept,
  moveCustomer,
  noticePeriodsFor,
  removeUnusedCustomers,
} from './records/customers.js'
export {
  agreedNotices,
  countCustomers,
  customersEndedBy,
  customersPerService,
  othersAt,
  pageOfCustomers,
  type CustomerFilter,
} from './records/lists.js'
export { agreedVersions, countAsked, customersAsked, customersNamed } from './records/matching.js'
