export { chooseRow, rowOf } from './actions/choose.js'
export { chooseSeveral } from './actions/several.js'
export { applyImport } from './actions/apply.js'
export { exportedRows, exportPieces, writeExport, type ExportAsked, type Format } from './actions/export.js'
export { keptPieces } from './actions/kept-export.js'
export { differencesIn } from './actions/differences.js'
export { leftBehind } from './actions/left.js'
export { dryRun, type Plan } from './actions/plan.js'
export { undoImport } from './actions/undo.js'
export {
  discardImport,
  importById,
  isRemembered,
  mapImport,
  serviceNames,
  sheetsOf,
  startImport,
} from './actions/upload.js'
export { readSheets } from './reading/read.js'
