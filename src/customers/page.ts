export {
  agreementChoicesIn,
  agreementFields,
  agreementInShort,
  agreementInWords,
  choicesIn,
  earlierAgreements,
  noticeChoices,
  periodInWords,
} from './page/agreement.js'
export {
  contactRows,
  serviceName,
  serviceRows,
  statesOf,
  type ServiceName,
  type State,
} from './page/customer.js'
export { customerListChoices, customerListRow } from './page/list.js'
export { customerOffers } from './page/offers.js'
