/** Values for the pages of this room; decisions are made here, views print them. */
export * from './page/draft.js'
export * from './page/facts.js'
export * from './page/list.js'
export * from './page/notice.js'
export * from './page/preview.js'
export * from './page/recipient.js'
export * from './page/told.js'
export * from './page/words.js'
