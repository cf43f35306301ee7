export * from './form/content.js'
export * from './form/report.js'
export * from './form/small.js'
