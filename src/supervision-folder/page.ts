export { conflictShown, folderCard, folderForStaff } from './page/around.js'
export { earlierFolderPage, folderAnswer, folderPage } from './page/folder.js'
export { othersShown } from './page/others.js'
export { recordsTexts } from './page/texts.js'
