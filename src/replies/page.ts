/** Replies as staff reads them. */
export { replyItems } from './page/items.js'
export { repliesForCustomer } from './page/own.js'
export { listPage } from './page/list.js'
export { replyPage } from './page/reply.js'
export { urlOf } from './page/words.js'
