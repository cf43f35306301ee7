export { findingPage, vendorFindingPage } from './page/finding.js'
export { findingCells, findingChoices, findingHeadings, findingItem, findingRow } from './page/list.js'
export { severityState, stateOf, urlOf } from './page/words.js'
