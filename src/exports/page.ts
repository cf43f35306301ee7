export { recordName } from './page/record.js'
export { measuresPage, recordListPage, recordOffer } from './page/record-pages.js'
