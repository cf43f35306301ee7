export {
  batchesToTell,
  Customers,
  findCustomer,
  findCustomersByIds,
  findCustomersToTell,
  insertCustomers,
  kept,
  moveCustomer,
  noticePeriodsFor,
} from './records/customers.js'
export {
  agreedNotices,
  countCustomers,
  customersPerService,
  othersAt,
  pageOfCustomers,
  type CustomerFilter,
} from './records/lists.js'
