import type ExcelJS from 'exceljs'
import { Refused } from '../../base/errors.js'
import { asRead, bounded, mostCells, mostColumns, mostRows, type Sheet, type Workbook } from './limits.js'
import { safeWorkbook } from './guard.js'

/** Parts of a sheet that say nothing about its cells' values, and that the reader would unfold range by range. */
const ignoreNodes = [
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'extLst',
  'sheetProtection',
  'printOptions',
  'pageMargins',
  'pageSetup',
  'headerFooter',
  'rowBreaks',
  'colBreaks',
  'cols',
  'autoFilter',
]

/** Sheets that are shown, with cells as text: a formula's value as it was last reckoned, a date as a day. */
export async function readWorkbook(bytes: Buffer): Promise<Workbook> {
  const safe = safeWorkbook(bytes)
  // Read when the first workbook comes: it would make every start a third of a second longer.
  const { default: Excel } = await import('exceljs')
  const workbook = new Excel.Workbook()
  try {
    await workbook.xlsx.load(safe.bytes as unknown as ExcelJS.Buffer, { ignoreNodes })
  } catch {
    throw new Refused('import-file-broken')
  }
  const sheets = workbook.worksheets.filter(({ state }) => state === 'visible').map(sheetOf)
  const cells = sheets.reduce(
    (sum, { rows }) => sum + rows.reduce((all, row) => all + row.filter(Boolean).length, 0),
    0,
  )
  if (cells > mostCells) throw new Refused('import-too-many-cells', { most: mostCells })
  return { sheets, notes: safe.notes }
}

function sheetOf(worksheet: ExcelJS.Worksheet): Sheet {
  const rows: string[][] = []
  let filled = 0
  worksheet.eachRow((row, number) => {
    const cells: string[] = []
    row.eachCell((cell, column) => {
      if (column > mostColumns) return
      const text = asRead(textOf(cell.isMerged ? cell.master.value : cell.value))
      while (cells.length < column - 1) cells.push('')
      cells.push(text)
    })
    if (!cells.some(Boolean)) return
    filled += 1
    if (filled > mostRows) throw new Refused('import-too-many-rows', { most: mostRows })
    // A row far down a sheet that is empty otherwise: the rows between are not made.
    while (rows.length < number - 1 && rows.length < mostRows * 2) rows.push([])
    rows.push(cells)
  })
  return bounded(worksheet.name, rows)
}

function textOf(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'boolean') return value ? 'ja' : 'nej'
  if (typeof value !== 'object') return String(value)
  if ('error' in value) return value.error
  if ('richText' in value) return value.richText.map(({ text }) => text).join('')
  if ('hyperlink' in value) return textOf(value.text as ExcelJS.CellValue)
  if ('formula' in value || 'sharedFormula' in value) return textOf((value.result ?? '') as ExcelJS.CellValue)
  return ''
}
