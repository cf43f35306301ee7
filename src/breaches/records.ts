export * from './records/affected.js'
export * from './records/breaches.js'
