export * from './records/gathered.js'
export * from './records/marks.js'
export * from './records/models.js'
export * from './records/supervisions.js'
