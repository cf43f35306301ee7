export * from './rules/case.js'
export * from './rules/days.js'
