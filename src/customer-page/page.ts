/** What a customer's contact reads. Nothing here knows of any other customer. */
export { chainSection } from './page/chain.js'
export { listPage } from './page/list.js'
export { noticePage, type Reader, type Shown } from './page/notice.js'
export { objectionPage } from './page/objection.js'
export { startPage } from './page/start.js'
