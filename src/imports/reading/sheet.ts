import type { TextDecoder } from 'node:util'
import { Refused } from '../../base/errors.js'
import { lettersOf } from '../../base/spreadsheet.js'
import { decoder, workbookText, type Style } from './book.js'
import { bounded, mostCells, mostColumns, mostRows, mostText, type Sheet } from './limits.js'
import { xmlReader } from './xml.js'

/** Counted over all sheets of a workbook; `formula` is the first place where one stands. */
export type Seen = {
  cells: number
  filled: number
  text: number
  formulas: number
  formula: string
  empty: number
  /** Rows that tell of others by a colour, and the first of them. */
  coloured: number
  colouredAt: string
}

export const nothingSeen = (): Seen => ({
  cells: 0,
  filled: 0,
  text: 0,
  formulas: 0,
  formula: '',
  empty: 0,
  coloured: 0,
  colouredAt: '',
})

type Book = { texts: readonly string[]; styles: readonly Style[]; from1904: boolean }

/** Takes a sheet's part as it is unpacked; its rows are all that is kept of it. */
export function sheetReader(name: string, book: Book, seen: Seen) {
  const rows: string[][] = []
  const merges: string[] = []
  let cells: string[] = []
  let filled = 0
  let number = 0
  let column = 0
  let cell = { type: '', style: 0, formula: false, value: '' }
  let into = false
  let phonetic = false
  const hidden: number[] = []
  const struck: number[] = []
  const hiddenColumns = new Set<number>()
  const colours: { row: number; colour: number; filled: number }[] = []
  let row = { hidden: false, struck: 0, colour: 0 }

  const endCell = () => {
    const text = textOf(cell.type, cell.value, cell.style, book)
    if (cell.formula) {
      seen.formulas += 1
      if (text === '') seen.empty += 1
      if (seen.formula === '') seen.formula = `${name}!${lettersOf(column)}${number}`
    }
    if (text === '') return
    if (column > mostColumns) throw new Refused('import-too-many-columns', { most: mostColumns })
    seen.filled += 1
    seen.text += text.length
    if (seen.filled > mostCells) throw new Refused('import-too-many-cells', { most: mostCells })
    if (seen.text > mostText) throw new Refused('import-too-large-unpacked')
    const style = book.styles[cell.style]
    if (style?.struck) row.struck += 1
    if (cells.length === 0) row.colour = style?.colour ?? 0
    while (cells.length < column - 1) cells.push('')
    cells[column - 1] = text
  }
  const endRow = () => {
    if (cells.length === 0) return
    filled += 1
    if (filled > mostRows) throw new Refused('import-too-many-rows', { most: mostRows })
    // A row far down a sheet that is empty otherwise: the rows between are not made.
    while (rows.length < number - 1 && rows.length < mostRows * 2) rows.push([])
    rows.push(cells)
    const written = cells.filter(Boolean).length
    if (row.hidden) hidden.push(number)
    if (row.struck * 2 > written) struck.push(number)
    colours.push({ row: number, colour: row.colour, filled: written })
  }
  const reader = xmlReader({
    open(tag, attribute) {
      if (tag === 'c') {
        seen.cells += 1
        if (seen.cells > mostCells * 2) throw new Refused('import-too-many-cells', { most: mostCells })
        const reference = attribute('r')
        column = reference === undefined ? column + 1 : placeOf(reference).column
        cell = { type: attribute('t') ?? '', style: Number(attribute('s') ?? -1), formula: false, value: '' }
      } else if (tag === 'row') {
        number = Number(attribute('r')) || number + 1
        column = 0
        cells = []
        row = { hidden: isTrue(attribute('hidden')), struck: 0, colour: 0 }
      } else if (tag === 'col' && isTrue(attribute('hidden'))) {
        const last = Math.min(Number(attribute('max')), mostColumns)
        for (let place = Number(attribute('min')); place <= last; place += 1) hiddenColumns.add(place)
      } else if (tag === 'v') into = true
      else if (tag === 't') into = !phonetic
      else if (tag === 'f') cell.formula = true
      else if (tag === 'rPh') phonetic = true
      else if (tag === 'mergeCell' && merges.length < mostCells) merges.push(attribute('ref') ?? '')
    },
    text(piece) {
      if (into) cell.value += piece
    },
    close(tag) {
      if (tag === 'v' || tag === 't') into = false
      else if (tag === 'rPh') phonetic = false
      else if (tag === 'c') endCell()
      else if (tag === 'row') endRow()
    },
  })
  let decoding: TextDecoder | undefined
  return {
    push(chunk: Uint8Array): void {
      decoding ??= decoder(chunk)
      reader.push(decoding.decode(chunk, { stream: true }))
    },
    sheet(): Sheet {
      reader.end()
      fillMerged(rows, merges)
      const told = tellingColours(colours)
      seen.coloured += told.length
      if (seen.colouredAt === '' && told[0] !== undefined) seen.colouredAt = `${name}!${told[0]}`
      const spans = spansIn(merges)
      return {
        ...bounded(name, rows),
        ...(hidden.length > 0 ? { hidden } : {}),
        ...(struck.length > 0 ? { struck } : {}),
        ...(hiddenColumns.size > 0 ? { hiddenColumns: [...hiddenColumns] } : {}),
        ...(spans.length > 0 ? { spans } : {}),
      }
    },
  }
}

/** A cell over several rows is read in each of them; over several columns in the first. */
function fillMerged(rows: string[][], merges: readonly string[]): void {
  let made = 0
  for (const merge of merges) {
    const [from = '', to = ''] = merge.split(':')
    const [start, end] = [placeOf(from), placeOf(to)]
    const text = rows[start.row - 1]?.[start.column - 1] ?? ''
    if (text === '') continue
    for (let row = start.row + 1; row <= Math.min(end.row, rows.length); row += 1) {
      made += 1
      if (made > mostCells) throw new Refused('import-too-many-cells', { most: mostCells })
      const cells = rows[row - 1]
      if (!cells) continue
      while (cells.length < start.column) cells.push('')
      if (cells[start.column - 1] === '') cells[start.column - 1] = text
    }
  }
}

function isTrue(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true'
}

/** Headings stand in the first rows. */
const mostHeadingRows = 40

/** Cells over several columns, where headings may stand. */
function spansIn(merges: readonly string[]): { row: number; from: number; to: number }[] {
  return merges.flatMap((merge) => {
    const [from = '', to = ''] = merge.split(':')
    const [start, end] = [placeOf(from), placeOf(to)]
    if (start.row > mostHeadingRows || end.column <= start.column) return []
    return [{ row: start.row - 1, from: start.column - 1, to: Math.min(end.column, mostColumns) - 1 }]
  })
}

/** Rows below the first full one whose colour sets them apart; every other row in one colour is decoration. */
function tellingColours(colours: readonly { row: number; colour: number; filled: number }[]): number[] {
  const below = colours.slice(colours.findIndex(({ filled }) => filled > 2) + 1)
  const coloured = below.filter(({ colour }) => colour > 0)
  const kinds = new Set(coloured.map(({ colour }) => colour)).size
  const some = kinds > 1 || coloured.length * 5 <= below.length * 2
  return some && coloured.length < below.length ? coloured.map(({ row }) => row) : []
}

function textOf(type: string, value: string, style: number, { texts, styles, from1904 }: Book): string {
  if (type === 's') return value === '' ? '' : (texts[Number(value)] ?? '')
  if (type === 'inlineStr' || type === 'str') return workbookText(value)
  if (type === 'b') return value === '' ? '' : value === '1' ? 'ja' : 'nej'
  if (type === 'e') return value
  if (type === 'd') return value.slice(0, 10)
  const number = Number(value)
  if (value === '' || !Number.isFinite(number)) return workbookText(value)
  const shown = styles[style]?.shown
  if (shown === 'day') return dayOfSerial(number + (from1904 ? 1462 : 0)) ?? String(number)
  return shown ? String(number).padStart(shown.zeros, '0') : String(number)
}

/** Days since 30 December 1899, up to the year 9999. */
function dayOfSerial(serial: number): string | null {
  if (serial < 1 || serial > 2_958_465) return null
  return new Date((Math.floor(serial) - 25_569) * 86_400_000).toISOString().slice(0, 10)
}

function placeOf(reference: string): { row: number; column: number } {
  let column = 0
  let at = 0
  for (; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at)
    if (code < 65 || code > 90) break
    column = column * 26 + code - 64
  }
  return { row: Number(reference.slice(at)), column }
}
