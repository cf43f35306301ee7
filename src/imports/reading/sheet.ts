import type { TextDecoder } from 'node:util'
import { Refused } from '../../base/errors.js'
import { lettersOf } from '../../base/spreadsheet.js'
import { decoder, workbookText, type Shown } from './book.js'
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
}

export const nothingSeen = (): Seen => ({
  cells: 0,
  filled: 0,
  text: 0,
  formulas: 0,
  formula: '',
  empty: 0,
})

type Book = { texts: readonly string[]; formats: readonly Shown[]; from1904: boolean }

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
      return bounded(name, rows)
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

function textOf(type: string, value: string, style: number, { texts, formats, from1904 }: Book): string {
  if (type === 's') return value === '' ? '' : (texts[Number(value)] ?? '')
  if (type === 'inlineStr' || type === 'str') return workbookText(value)
  if (type === 'b') return value === '' ? '' : value === '1' ? 'ja' : 'nej'
  if (type === 'e') return value
  if (type === 'd') return value.slice(0, 10)
  const number = Number(value)
  if (value === '' || !Number.isFinite(number)) return workbookText(value)
  const shown = formats[style]
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
