export * from './rules/evidence.js'
export * from './rules/folder.js'
