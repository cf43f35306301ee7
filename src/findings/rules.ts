export * from './rules/due.js'
export * from './rules/finding.js'
export * from './rules/listing.js'
export * from './rules/moves.js'
