export { conflictShown, folderCard, folderForStaff } from './page/around.js'
export { earlierFolderPage, folderPage } from './page/folder.js'
export { recordsTexts } from './page/texts.js'
