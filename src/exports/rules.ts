export * from './rules/disclosure.js'
export * from './rules/measure.js'
export * from './rules/pack.js'
