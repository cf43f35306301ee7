export * from './records/instructions.js'
export * from './records/agreement-versions.js'
