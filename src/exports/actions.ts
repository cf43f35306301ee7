export { packPieces } from './actions/pack.js'
export { checkPack, type PackCheck } from './actions/check.js'
