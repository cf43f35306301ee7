import type { Worksheet } from 'exceljs'
import type { Block } from './blocks.js'
import type { PdfInput } from './pdf.js'

type TableBlock = Extract<Block, { kind: 'table' }>

/** Widths in characters: no column so narrow that words break, none so wide that a screen or a page shows only it. */
const narrowest = 12
const widest = (columns: number) => (columns > 6 ? 30 : 48)
/** Of the sheet with everything else: label, value, and two more for tables with four columns. */
const restWidths = [26, 30, 24, 58]
/** Of what a wider table has beyond them. */
const furtherWidth = 20
/** A line of 11-point text, in points. Neither Excel nor LibreOffice reckons the height of a merged row by itself. */
const lineHeight = 15
/** A font without a name is one of the program's choosing, and not the one beside it. */
const letters = { name: 'Calibri', family: 2, size: 11 }
/** Bold letters are wider than others by this much. */
const bolder = 1.15
/** The number Excel knows the sheet by; the library's types have forgotten it. */
const a3 = 8 as unknown as 9

/**
 * The same paper as `buildPdf`, as a workbook: `main`, the table people filter and copy from, on a sheet of its own with
 * a frozen, filtered heading row, and `more` of such sheets; everything else on a last sheet, in order.
 */
export async function buildWorkbook(
  input: PdfInput & {
    main: Block
    sheets: { main: string; rest: string }
    more?: { name: string; table: TableBlock }[]
  },
): Promise<Buffer> {
  // Read when the first workbook is built: it is large.
  const { default: exceljs } = await import('exceljs')
  const book = new exceljs.Workbook()
  book.creator = input.author ?? 'Tilsyn'
  book.lastModifiedBy = input.author ?? 'Tilsyn'
  book.created = input.createdAt
  book.modified = input.createdAt
  book.title = input.title
  if (input.subject) book.subject = input.subject
  const setup = { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const
  // A sheet's name is at most 31 signs long and has none of these.
  const named = (name: string) => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)
  const tables = [{ name: input.sheets.main, table: input.main }, ...(input.more ?? [])]
  for (const { name, table } of tables) {
    if (table.kind !== 'table') continue
    const sheet = book.addWorksheet(named(name), {
      // More columns than a sheet of A4 has room for are printed on A3.
      pageSetup: {
        ...setup,
        ...(table.headings.length > 6 ? { paperSize: a3 } : {}),
        orientation: 'landscape',
        printTitlesRow: '1:1',
      },
      views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
      headerFooter: onPaper(input),
    })
    printMain(sheet, table)
  }
  const rest = book.addWorksheet(named(input.sheets.rest), {
    pageSetup: { ...setup, orientation: 'portrait' },
    headerFooter: onPaper(input),
  })
  printRest(rest, input)
  return Buffer.from(await book.xlsx.writeBuffer())
}

/**
 * Text that a spreadsheet would take for a formula when the cell is edited or saved as CSV gets an apostrophe in front
 * (OWASP: CSV injection). Phone numbers begin with a plus and can do no harm.
 */
export function defused(text: string): string {
  if (/^\+[\d ()-]*$/.test(text)) return text
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function printMain(sheet: Worksheet, { headings, rows }: TableBlock): void {
  const most = widest(headings.length)
  const widths = headings.map((heading, column) =>
    widthOf([' '.repeat(Math.ceil(heading.length * bolder)), ...rows.map((row) => row[column] ?? '')], most),
  )
  sheet.columns = widths.map((width) => ({ width }))
  const top = sheet.addRow(headings.map(defused))
  top.font = { ...letters, bold: true }
  top.alignment = { vertical: 'top', wrapText: true }
  top.eachCell((cell) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEEE' } }
    cell.border = { bottom: { style: 'thin', color: { argb: 'FF5B666C' } } }
  })
  top.height = heightOf(headings, widths)
  for (const cells of rows) {
    const row = sheet.addRow(cells.map(defused))
    row.font = letters
    row.border = { bottom: { style: 'hair', color: { argb: 'FFBFC6CA' } } }
    row.alignment = { vertical: 'top', wrapText: true }
    row.height = heightOf(cells, widths)
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: headings.length } }
}

function printRest(sheet: Worksheet, input: PdfInput & { main: Block }): void {
  const most = Math.max(
    0,
    ...input.blocks.map((block) => (block.kind === 'table' ? block.headings.length : 0)),
  )
  sheet.columns = [
    ...restWidths,
    ...Array.from({ length: Math.max(0, most - restWidths.length) }, () => furtherWidth),
  ].map((width) => ({ width }))
  const last = restWidths.length
  const print = (cells: string[], font: { bold?: boolean; size?: number } = {}) => {
    const row = sheet.addRow(cells.map(defused))
    row.font = { ...letters, ...font }
    row.alignment = { vertical: 'top', wrapText: true }
    if (cells.length === 0) return
    // What has no column beside it takes the width of the sheet, so that it is read and printed without scrolling.
    if (cells.length < last) sheet.mergeCells(row.number, cells.length, row.number, last)
    const widths = cells.slice(0, -1).map((_, column) => restWidths[column] ?? furtherWidth)
    const rest = restWidths.slice(cells.length - 1).reduce((sum, width) => sum + width, 0) || furtherWidth
    row.height = heightOf(cells, [...widths, rest], font.size)
  }
  if (input.kicker) print([input.kicker])
  print([input.title], { bold: true, size: 16 })
  for (const block of input.blocks) {
    if (block === input.main) continue
    switch (block.kind) {
      case 'heading':
        print([])
        print([block.text], { bold: true, size: 13 })
        break
      case 'lead':
        print([block.text], { bold: true })
        break
      case 'paragraph':
      case 'note':
        print([block.text])
        break
      case 'list':
        for (const item of block.items) print([`• ${item}`])
        break
      case 'pairs':
        for (const row of block.rows) print(row)
        break
      case 'table':
        print(block.headings, { bold: true })
        for (const row of block.rows) print(row)
        break
      case 'page-break':
        break
    }
  }
}

function widthOf(texts: string[], most: number): number {
  const longest = Math.max(...texts.flatMap((text) => text.split('\n')).map((each) => each.length))
  return Math.min(most, Math.max(narrowest, longest + 2))
}

/** Words break before they reach the edge, so a line holds a little less than the column is wide. */
function heightOf(cells: readonly string[], widths: readonly number[], size = 11): number {
  const linesIn = (cell: string, column: number) =>
    cell
      .split('\n')
      .reduce(
        (lines, part) => lines + Math.max(1, Math.ceil(part.length / ((widths[column] ?? 12) * 0.8))),
        0,
      )
  return Math.max(1, ...cells.map(linesIn)) * lineHeight * (size / 11)
}

/** What stands on each printed page. A sheet with nothing but its table says here what it is. */
function onPaper({ title, footer }: PdfInput) {
  return { oddHeader: `&L${footText(title)}`, oddFooter: `&L${footText(footer)}&R&P / &N` }
}

// In a foot an ampersand begins a code.
function footText(text = ''): string {
  return text.replaceAll('&', '&&')
}
