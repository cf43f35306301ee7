export { evidenceFor } from './actions/evidence.js'
export { filedPaper, fileFolder } from './actions/file.js'
export { folderOfYear, folderToShow, saveFolder, shareFolder, type ShownFolder } from './actions/folder.js'
export { foldersOfCustomer } from './records.js'
