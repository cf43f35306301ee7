export * from './mails/customer.js'
export * from './mails/staff.js'
export * from './mails/vendor.js'
