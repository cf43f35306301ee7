import { Refused } from '../../base/errors.js'

/**
 * One sheet as text: every cell is what a person would read in it, an empty cell is ''. Rows are numbered as the spreadsheet counts
 * them in `hidden` and in `struck` (their text is struck through), columns in `hiddenColumns`; `spans` are headings over several
 * columns, by their place in `rows`.
 */
export type Sheet = {
  name: string
  rows: string[][]
  hidden?: number[]
  struck?: number[]
  hiddenColumns?: number[]
  spans?: { row: number; from: number; to: number }[]
}

/** About the file as a whole, such as links to other workbooks that were passed over: a text key below `imports:note.`. */
export type Note = { text: string; facts: Record<string, string | number> }

export type Workbook = { sheets: Sheet[]; notes: Note[] }

/** The largest register we know of has some 3,000 lines; beyond this it is no list of vendors or customers. */
export const mostRows = 20_000
export const mostCells = 200_000
export const mostColumns = 250

/** What a workbook may unpack to. Two hundred thousand cells take some 20 MB. */
export const mostUnpacked = 200 * 1024 * 1024
/** Text in a sheet packs to about a tenth; a thousandth is a trap. */
export const mostRatio = 400
export const mostEntries = 2_000
/** The parts read before the sheets, above all the texts of cells. */
export const mostKept = 64 * 1024 * 1024
/** Signs in all cells together. */
export const mostText = 30_000_000

/** Rows without trailing emptiness; throws where there is more than a register can hold. */
export function bounded(name: string, rows: string[][]): Sheet {
  const trimmed = rows.map((row) => row.slice(0, lastFilled(row) + 1))
  while (trimmed.at(-1)?.length === 0) trimmed.pop()
  const filled = trimmed.filter((row) => row.length > 0)
  if (filled.length > mostRows) throw new Refused('import-too-many-rows', { most: mostRows })
  if (trimmed.some((row) => row.length > mostColumns))
    throw new Refused('import-too-many-columns', { most: mostColumns })
  const cells = trimmed.reduce((sum, row) => sum + row.filter(Boolean).length, 0)
  if (cells > mostCells) throw new Refused('import-too-many-cells', { most: mostCells })
  return { name, rows: trimmed }
}

function lastFilled(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell !== '')
}

/** Excel's own limit. */
const mostInCell = 32_767

/** What most cells hold: printable signs of which nothing has to be changed. */
const plain =
  /^[\u0021-\u007e\u00a1-\u00ac\u00ae-\u024f](?:[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f]*[\u0021-\u007e\u00a1-\u00ac\u00ae-\u024f])?$/

/** Text as people see it: no marks that have no width, one kind of blank, no control characters. */
export function asRead(text: string): string {
  if (text.length <= mostInCell && plain.test(text)) return text
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .trim()
    .slice(0, mostInCell)
}
