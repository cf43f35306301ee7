export { areaPackPieces } from './actions/area-pack.js'
export { packPieces } from './actions/pack.js'
export { checkPack, type PackCheck } from './actions/check.js'
export { readInWholeData, type ReadInReport } from './actions/read-in.js'
export { wholeDataPieces, wholeDataSize } from './actions/whole-data.js'
export { measures, writeMeasures } from './actions/measures.js'
export {
  recordFile,
  recordPaperOfAll,
  recordTypes,
  recordWorkbook,
  type RecordOrder,
} from './actions/record.js'
