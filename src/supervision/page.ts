export { boardCells, boardHeadings, boardPage, boardRow } from './page/board.js'
export { engagementPage, scoreForm, scoreShown } from './page/engagement.js'
export { modelForm, modelPage } from './page/model.js'
export { dutyWords, weakWords } from './page/words.js'
