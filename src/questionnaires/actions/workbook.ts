import type { Cell, Worksheet } from 'exceljs'
import type { Locale } from '../../base/context.js'
import { isDay } from '../../base/day.js'
import { lettersOf } from '../../base/spreadsheet.js'
import { defused } from '../../documents/workbook.js'
import { bookPlan, type BookPlan, type RowPlan, type TablePlan } from '../page/workbook.js'
import { mayAnswer } from '../rules/responding.js'
import { columns, headRows, tableRows, workbookMark } from '../rules/workbook.js'
import type { Respondent } from './respondent.js'

const widths = [2, 2, 10, 60, 34, 44, 50]
const pale = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEEE' } } as const
const field = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFBE6' } } as const

/** The form to be filled in away from here: only the cells for answers can be changed, with lists to choose from. */
export async function answersWorkbook(
  respondent: Respondent,
  locale: Locale,
): Promise<{ name: string; type: string; bytes: Buffer }> {
  const { questionnaire, part } = respondent
  const plan = bookPlan(respondent, (question) => mayAnswer(questionnaire, part, question), locale)
  // Read when the first workbook is built: it is large.
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.Workbook()
  book.creator = 'Tilsyn'
  book.title = plan.title
  const main = book.addWorksheet(named(plan.sheet), {
    views: [{ state: 'frozen', ySplit: headRows, xSplit: 0 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  })
  const lists = book.addWorksheet('Lists', { state: 'veryHidden' })
  const listed = listing(lists)
  printMain(main, plan, listed)
  await protect(main)
  for (const table of plan.tables) {
    const sheet = book.addWorksheet(named(table.id))
    printTable(sheet, plan, table, listed)
    await protect(sheet)
  }
  const bytes = Buffer.from(await book.xlsx.writeBuffer())
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name: `${plan.reference}.xlsx`, type, bytes }
}

type Listed = (choices: readonly string[]) => string

/** Lists stand on a sheet of their own: as text in the cell they may have 255 signs only. */
function listing(sheet: Worksheet): Listed {
  const known = new Map<string, string>()
  return (choices) => {
    const key = choices.join('\n')
    const found = known.get(key)
    if (found) return found
    const column = known.size + 1
    for (const [row, text] of choices.entries()) sheet.getCell(row + 1, column).value = defused(text)
    const letters = lettersOf(column)
    const range = `Lists!$${letters}$1:$${letters}$${choices.length}`
    known.set(key, range)
    return range
  }
}

function printMain(sheet: Worksheet, plan: BookPlan, listed: Listed): void {
  sheet.columns = widths.map((width) => ({ width }))
  sheet.getColumn(columns.key).hidden = true
  sheet.getColumn(columns.seen).hidden = true
  printTop(sheet, plan, 'answers', columns.number, plan.title)
  sheet.getRow(headRows).values = ['', '', ...plan.headings.map(defused)]
  paint(sheet.getRow(headRows).number, sheet, columns.number, columns.note)
  for (const [at, row] of plan.rows.entries()) printRow(sheet, headRows + 1 + at, row, listed)
}

function printRow(sheet: Worksheet, at: number, row: RowPlan, listed: Listed): void {
  const { key, seen, number, text, answer, kind, choices, comment, note } = row
  const line = sheet.getRow(at)
  line.alignment = { vertical: 'top', wrapText: true }
  line.getCell(columns.key).value = key
  line.getCell(columns.seen).value = key === '' ? null : String(seen)
  line.getCell(columns.number).value = number
  line.getCell(columns.text).value = defused(text)
  if (note) line.getCell(columns.note).value = defused(note)
  line.getCell(columns.note).font = { italic: true, color: { argb: 'FF4F5957' } }
  if (kind === 'heading') line.getCell(columns.text).font = { bold: true }
  else open(line.getCell(columns.answer), answer, kind, choices, listed)
  if (comment !== null) open(line.getCell(columns.comment), comment, 'text', [], listed)
  if (key === '') paint(at, sheet, columns.number, columns.note)
  const lines = (content: string, width: number) => Math.ceil(content.length / (width * 0.9))
  line.height = 15 * Math.min(12, Math.max(1, lines(text, 60), lines(note, 50), lines(String(answer), 34)))
}

function printTable(sheet: Worksheet, plan: BookPlan, table: TablePlan, listed: Listed): void {
  sheet.columns = table.headings.map(() => ({ width: 28 }))
  printTop(sheet, plan, table.id, 1, table.title)
  sheet.getRow(headRows).values = table.headings.map(({ text }) => defused(text))
  paint(headRows, sheet, 1, table.headings.length)
  const many = Math.min(100, Math.max(tableRows, table.rows.length + 10))
  for (let at = 0; at < many; at += 1)
    for (const [column, { kind, choices }] of table.headings.entries())
      open(
        sheet.getCell(headRows + 1 + at, column + 1),
        table.rows[at]?.[column] ?? '',
        kind,
        choices,
        listed,
      )
}

/** The mark by which the sheet is known again stands in the first row, which is hidden. */
function printTop(sheet: Worksheet, plan: BookPlan, id: string, column: number, title: string): void {
  sheet.getCell(1, 1).value = workbookMark
  sheet.getCell(1, 2).value = `${plan.reference}|${id}`
  sheet.getRow(1).hidden = true
  sheet.getCell(2, column).value = defused(title)
  sheet.getCell(2, column).font = { bold: true, size: 14 }
  sheet.getCell(3, column).value = defused(plan.intro)
}

function open(
  cell: Cell,
  content: string | number,
  kind: RowPlan['kind'],
  choices: readonly string[],
  listed: Listed,
): void {
  if (content !== '')
    cell.value =
      kind === 'date' && isDay(content)
        ? new Date(`${content}T00:00:00Z`)
        : typeof content === 'number'
          ? content
          : defused(content)
  if (kind === 'date') cell.numFmt = 'yyyy-mm-dd'
  if (kind === 'text') cell.numFmt = '@'
  cell.protection = { locked: false }
  cell.fill = field
  cell.border = { bottom: { style: 'thin', color: { argb: 'FFE2DDD3' } } }
  cell.alignment = { vertical: 'top', wrapText: true }
  if (choices.length > 0)
    cell.dataValidation = {
      type: 'list',
      allowBlank: true,
      formulae: [listed(choices)],
      showErrorMessage: true,
      errorStyle: 'stop',
    }
}

function paint(row: number, sheet: Worksheet, from: number, to: number): void {
  for (let column = from; column <= to; column += 1) {
    const cell = sheet.getCell(row, column)
    cell.fill = pale
    cell.font = { bold: true }
  }
}

// Against slips of the hand, not against anybody: there is no password, and what comes back is checked whole.
async function protect(sheet: Worksheet): Promise<void> {
  await sheet.protect('', {
    selectLockedCells: true,
    selectUnlockedCells: true,
    formatColumns: true,
    formatRows: true,
  })
}

/** A sheet's name is at most 31 signs long and has none of these. */
function named(name: string): string {
  return name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31)
}
