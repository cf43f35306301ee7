export * from './rules/next.js'
export * from './rules/objection.js'
export * from './rules/settling.js'
export * from './rules/wording.js'
