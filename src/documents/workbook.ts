import type { Worksheet } from 'exceljs'
import type { Block } from './blocks.js'
import type { PdfInput } from './pdf.js'

type TableBlock = Extract<Block, { kind: 'table' }>

/** Widths in characters: no column so narrow that words break, none so wide that a screen shows only it. */
const narrowest = 12
const widest = 48

/**
 * The same paper as `buildPdf`, as a workbook: `main`, the table people filter and copy from, on a sheet of its own with
 * a frozen, filtered heading row; everything else on a second sheet, in order.
 */
export async function buildWorkbook(
  input: PdfInput & { main: Block; sheets: { main: string; rest: string } },
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
  if (input.main.kind === 'table') {
    const sheet = book.addWorksheet(named(input.sheets.main), {
      pageSetup: { ...setup, orientation: 'landscape', printTitlesRow: '1:1' },
      views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }],
      headerFooter: { oddFooter: `&L${footText(input.footer)}&R&P / &N` },
    })
    printMain(sheet, input.main)
  }
  const rest = book.addWorksheet(named(input.sheets.rest), {
    pageSetup: { ...setup, orientation: 'portrait' },
    headerFooter: { oddFooter: `&L${footText(input.footer)}&R&P / &N` },
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
  sheet.columns = headings.map((heading, column) => ({
    width: widthOf([heading, ...rows.map((row) => row[column] ?? '')]),
  }))
  const top = sheet.addRow(headings.map(defused))
  top.font = { bold: true }
  top.alignment = { vertical: 'top', wrapText: true }
  top.eachCell((cell) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEEE' } }
    cell.border = { bottom: { style: 'thin', color: { argb: 'FF5B666C' } } }
  })
  for (const row of rows) sheet.addRow(row.map(defused)).alignment = { vertical: 'top', wrapText: true }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: headings.length } }
}

function printRest(sheet: Worksheet, input: PdfInput & { main: Block }): void {
  sheet.columns = [{ width: 34 }, { width: 60 }, { width: 40 }]
  const print = (cells: string[], font: { bold?: boolean; size?: number } = {}) => {
    const row = sheet.addRow(cells.map(defused))
    row.font = font
    row.alignment = { vertical: 'top', wrapText: cells.length > 1 }
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

function widthOf(texts: string[]): number {
  const longest = Math.max(...texts.flatMap((text) => text.split('\n')).map((each) => each.length))
  return Math.min(widest, Math.max(narrowest, longest + 2))
}

// In a foot an ampersand begins a code.
function footText(text = ''): string {
  return text.replaceAll('&', '&&')
}
