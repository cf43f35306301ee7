/** What a customer's contact reads. Nothing here knows of any other customer. */
export { answerForm } from './page/answer.js'
export { chainSection } from './page/chain.js'
export { codePage } from './page/code.js'
export { goneSince, listPage } from './page/list.js'
export { noticePage, type Reader, type Shown } from './page/notice.js'
export { objectionPage } from './page/objection.js'
export { ownSites } from './page/own-sites.js'
export { startPage } from './page/start.js'
