export { exportRoutes } from './routes/exports.js'
export { importsRoutes } from './routes/imports.js'
