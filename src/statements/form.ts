export * from './form/facts.js'
export * from './form/review.js'
export * from './form/small.js'
export * from './form/taken.js'
