export { casePage, customerPage, toldStates } from './page/case.js'
export { findingRow, caseRow } from './page/list.js'
export { tasksOf, type UseTask } from './page/tasks.js'
export { urlOf } from './page/words.js'
