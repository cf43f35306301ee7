export {
  batchesToTell,
  Customers,
  everyCustomer,
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
  customersPerService,
  othersAt,
  pageOfCustomers,
  type CustomerFilter,
} from './records/lists.js'
