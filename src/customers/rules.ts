export {
  agreementOn,
  authorisations,
  countsFrom,
  objectionLimits,
  ordinaryAgreement,
  withAgreement,
  type Agreement,
  type Authorisation,
  type CountsFrom,
  type DatedAgreement,
  type ObjectionUntil,
} from './rules/agreement.js'
export {
  contactAt,
  approversOn,
  contactsOn,
  contactsToTell,
  currentContacts,
  earlierContacts,
  lacksContact,
  lastDayOf,
  withContact,
  withContactChanged,
  withContactEnded,
  withContactSooner,
  type Contact,
  type ContactContent,
} from './rules/contacts.js'
export {
  customerToTell,
  hasEnded,
  type Customer,
  type CustomerContent,
  type CustomerToTell,
} from './rules/customer.js'
export {
  overlapping,
  servicesOn,
  withService,
  withServiceEnded,
  type BoughtService,
} from './rules/services.js'
