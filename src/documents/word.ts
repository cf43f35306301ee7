import type { FileChild, Paragraph, Table } from 'docx'
import type { Block } from './blocks.js'
import { columnShares, sharesHolding } from './columns.js'
import type { PdfInput } from './pdf.js'

type Docx = typeof import('docx')

const ink = '1D2529'
const quiet = '5B666C'
const line = 'BFC6CA'
/** Characters in a cell up to which its row stays on one page. */
const longest = 1200
/** Twentieths of a point, the unit of Word: A4, and margins as in the PDF. */
const page = { short: 11906, long: 16838, margin: 1240 }

/**
 * The same paper as `buildPdf`, as a Word document: real headings, tables whose heading row repeats on each page, the
 * language set so that spelling is checked in it, page numbers as fields.
 */
export async function buildWord(input: PdfInput): Promise<Buffer> {
  // Read when the first document is built: it is large.
  const docx = await import('docx')
  const language = input.locale === 'da' ? 'da-DK' : 'en-GB'
  const wide = (input.landscape ? page.long : page.short) - 2 * page.margin
  const blocks = input.blocks.flatMap((block) => blockOf(docx, block, wide))
  const document = new docx.Document({
    title: input.title,
    ...(input.subject ? { subject: input.subject } : {}),
    creator: input.author ?? 'Tilsyn',
    lastModifiedBy: input.author ?? 'Tilsyn',
    features: { updateFields: false },
    styles: stylesOf(language),
    numbering: { config: [{ reference: 'points', levels: [pointLevel(docx)] }] },
    sections: [
      {
        properties: {
          page: {
            // The library turns the sheet itself where it lies down.
            size: {
              width: page.short,
              height: page.long,
              orientation: input.landscape ? docx.PageOrientation.LANDSCAPE : docx.PageOrientation.PORTRAIT,
            },
            margin: {
              top: page.margin,
              bottom: page.margin + 200,
              left: page.margin,
              right: page.margin,
              footer: 560,
            },
          },
        },
        footers: { default: new docx.Footer({ children: [footOf(docx, input, wide)] }) },
        children: [
          ...(input.kicker ? [new docx.Paragraph({ text: input.kicker, style: 'Kicker' })] : []),
          new docx.Paragraph({ text: input.title, heading: docx.HeadingLevel.HEADING_1 }),
          ...blocks,
        ],
      },
    ],
  })
  return docx.Packer.toBuffer(document)
}

function stylesOf(language: string) {
  const small = { run: { size: 19, color: quiet }, paragraph: { spacing: { after: 120 } } }
  return {
    default: {
      document: {
        run: { font: 'Calibri', size: 21, color: ink, language: { value: language } },
        paragraph: { spacing: { after: 120 } },
      },
      heading1: { run: { size: 38, bold: true, color: ink }, paragraph: { spacing: { after: 200 } } },
      heading2: {
        run: { size: 26, bold: true, color: ink },
        paragraph: { spacing: { before: 240, after: 100 }, keepNext: true },
      },
      heading3: {
        run: { size: 22, bold: true, color: ink },
        paragraph: { spacing: { before: 180, after: 80 }, keepNext: true },
      },
    },
    paragraphStyles: [
      { id: 'Kicker', name: 'Kicker', basedOn: 'Normal', run: { size: 20, color: '1F5F5B' } },
      { id: 'Lead', name: 'Lead', basedOn: 'Normal', run: { size: 23, bold: true } },
      { id: 'Note', name: 'Note', basedOn: 'Normal', ...small },
      {
        id: 'Cell',
        name: 'Cell',
        basedOn: 'Normal',
        run: { size: 19 },
        paragraph: { spacing: { after: 0 } },
      },
    ],
  }
}

function pointLevel(docx: Docx) {
  return {
    level: 0,
    format: docx.LevelFormat.BULLET,
    text: '•',
    alignment: docx.AlignmentType.LEFT,
    style: { paragraph: { indent: { left: 360, hanging: 240 } } },
  }
}

function blockOf(docx: Docx, block: Block, wide: number): FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [
        new docx.Paragraph({
          text: block.text,
          heading: block.level === 3 ? docx.HeadingLevel.HEADING_3 : docx.HeadingLevel.HEADING_2,
        }),
      ]
    case 'lead':
      return [new docx.Paragraph({ text: block.text, style: 'Lead' })]
    case 'paragraph':
      return [new docx.Paragraph({ text: block.text, keepNext: block.keep ?? false })]
    case 'note':
      return [new docx.Paragraph({ text: block.text, style: 'Note' })]
    case 'list':
      return block.items.map(
        (text) => new docx.Paragraph({ text, numbering: { reference: 'points', level: 0 } }),
      )
    case 'pairs':
      return withSpace(docx, tableOf(docx, { rows: block.rows, widths: [0.32, 0.68], firstBold: true }, wide))
    case 'table':
      return withSpace(docx, tableOf(docx, block, wide))
    case 'page-break':
      return [new docx.Paragraph({ children: [new docx.PageBreak()] })]
  }
}

// Two tables in a row would be one to Word, and a document may not end with a table.
function withSpace(docx: Docx, table: Table): FileChild[] {
  return [table, new docx.Paragraph({ text: '', spacing: { after: 60 } })]
}

type TableInput = {
  headings?: string[]
  rows: string[][]
  widths?: number[]
  firstBold?: boolean
  together?: boolean
}

function tableOf(
  docx: Docx,
  { headings = [], rows, widths, firstBold = false, together = false }: TableInput,
  wide: number,
): Table {
  const lying = wide > page.short
  const shares = widths ? sharesHolding(widths, headings, rows, lying) : columnShares(headings, rows, lying)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const columnWidths = shares.map((share) => Math.round((wide * share) / total))
  const cellOf = (text: string, column: number, bold: boolean) =>
    new docx.TableCell({
      width: { size: columnWidths[column] ?? 0, type: docx.WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 60, right: 80 },
      children: text.split('\n').map(
        (part) =>
          new docx.Paragraph({
            style: 'Cell',
            keepNext: together,
            children: [new docx.TextRun(bold ? { text: part, bold } : { text: part })],
          }),
      ),
    })
  const rowOf = (cells: string[], heading: boolean) =>
    new docx.TableRow({
      ...(heading ? { tableHeader: true } : {}),
      // A row that is longer than a page and may not break is cut off at its foot.
      cantSplit: cells.every((cell) => cell.length < longest),
      children: cells.map((cell, column) => cellOf(cell, column, heading || (firstBold && column === 0))),
    })
  const rule = { style: docx.BorderStyle.SINGLE, size: 4, color: line }
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' }
  return new docx.Table({
    width: { size: wide, type: docx.WidthType.DXA },
    columnWidths,
    layout: docx.TableLayoutType.FIXED,
    borders: {
      top: rule,
      bottom: rule,
      insideHorizontal: rule,
      left: none,
      right: none,
      insideVertical: none,
    },
    rows: [...(headings.length > 0 ? [rowOf(headings, true)] : []), ...rows.map((row) => rowOf(row, false))],
  })
}

/** A footer of more than a line would push the page's number out of its place; a letter of its size is some 85 twips wide. */
function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}

/** The label's words around the page fields: 'Side 1 af 3' is asked for with marks in place of the numbers. */
function footOf(docx: Docx, input: PdfInput, wide: number): Paragraph {
  const parts = input.pageLabel(-1, -2).split(/(-1|-2)/)
  const fields = { '-1': docx.PageNumber.CURRENT, '-2': docx.PageNumber.TOTAL_PAGES }
  return new docx.Paragraph({
    style: 'Note',
    tabStops: [{ type: docx.TabStopType.RIGHT, position: wide }],
    children: [
      new docx.TextRun({
        size: 16,
        children: [shortened(input.footer ?? '', wide / 85 - 14), new docx.Tab()],
      }),
      new docx.TextRun({
        size: 16,
        children: parts.map((part) => (part === '-1' || part === '-2' ? fields[part] : part)),
      }),
    ],
  })
}
