export * from './records/requests.js'
export * from './records/lists.js'
export * from './records/terms.js'
