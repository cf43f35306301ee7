export * from './records/collections.js'
export * from './records/read-ins.js'
export * from './records/measures.js'
