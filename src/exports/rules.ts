export * from './rules/area-pack.js'
export * from './rules/disclosure.js'
export * from './rules/measure.js'
export * from './rules/pack.js'
