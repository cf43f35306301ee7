/** Objections as staff reads them. */
export { casePage, registrationPage } from './page/case.js'
export { objectionListChoices, objectionRow } from './page/list.js'
export { settledFlash, urlOf, writtenFlash } from './page/words.js'
