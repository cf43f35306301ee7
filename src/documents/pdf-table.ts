import { columnShares, sharesHolding } from './columns.js'
import { ink, line, lineGap, margin, quiet } from './pdf-ink.js'
import { inLines } from './pdf-words.js'

export type TableSpec = {
  rows: string[][]
  headings: string[]
  widths?: number[]
  firstBold?: boolean
  together?: boolean
}

/** A table up to this high is not parted where it fits on a page, and a row alone on the next page is none: in points. */
const short = 130

type Layout = {
  /** As they are printed: with the ends of lines that their columns need. */
  headings: string[]
  rows: string[][]
  at: number[]
  wide: number[]
  sizeOf: (heading: boolean) => number
  rowHeight: (cells: string[], heading: boolean) => number
}

function layoutOf(doc: PDFKit.PDFDocument, { rows, headings, widths, firstBold }: TableSpec): Layout {
  const width = doc.page.width - 2 * margin
  const lying = doc.page.width > doc.page.height
  const shares = widths ? sharesHolding(widths, headings, rows, lying) : columnShares(headings, rows, lying)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const at = shares.map(
    (_, index) => margin + (width * shares.slice(0, index).reduce((sum, share) => sum + share, 0)) / total,
  )
  const wide = shares.map((share) => (width * share) / total - 10)
  const heightOf = (cells: string[], font: string, size: number) => {
    doc.font(font).fontSize(size)
    return Math.max(
      ...cells.map((cell, index) => doc.heightOfString(cell || ' ', { width: wide[index] ?? 0, lineGap })),
    )
  }
  // On a page that lies down a table has many columns.
  const sizeOf = (heading: boolean) => (heading || doc.page.width > doc.page.height ? 9 : 10)
  const inColumns = (cells: string[], heading: boolean) => {
    const size = sizeOf(heading)
    doc.font(heading || firstBold ? 'bold' : 'regular').fontSize(size)
    return cells.map((cell, index) =>
      inLines(cell, wide[index] ?? 0, size, (text) => doc.widthOfString(text)),
    )
  }
  // Laying a text out takes longer than anything else here, and each row is asked about more than once.
  const known = new Map<string[], number>()
  const rowHeight = (cells: string[], heading: boolean) => {
    const height =
      known.get(cells) ?? heightOf(cells, heading || firstBold ? 'bold' : 'regular', sizeOf(heading)) + 8
    known.set(cells, height)
    return height
  }
  return {
    headings: inColumns(headings, true),
    rows: rows.map((row) => inColumns(row, false)),
    at,
    wide,
    sizeOf,
    rowHeight,
  }
}

/** How much of a page its beginning needs, so that neither its headings nor a first row stand alone: all of it where it is short. */
export function leastOfTable(doc: PDFKit.PDFDocument, spec: TableSpec): number {
  return leastHeight(spec, layoutOf(doc, spec))
}

function leastHeight({ together }: TableSpec, { rows, headings, rowHeight }: Layout): number {
  const heading = headings.length > 0 ? rowHeight(headings, true) : 0
  const up = (most: number) => {
    let height = heading
    for (const row of rows) {
      height += rowHeight(row, false)
      if (height > most) return null
    }
    return height
  }
  const first = rows.slice(0, 1).reduce((sum, row) => sum + rowHeight(row, false), heading)
  return (together ? up(Infinity) : up(short)) ?? first
}

/** Rows that never break inside a row unless a single row is taller than a page; headings repeat on each page. */
export function printTable(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, spec: TableSpec): void {
  const { firstBold = false } = spec
  const layout = layoutOf(doc, spec)
  const { headings, rows, at, wide, sizeOf, rowHeight } = layout
  const width = doc.page.width - 2 * margin
  const element = doc.struct('Table')
  root.add(element)

  const fits = (height: number) => doc.y + height <= doc.page.height - doc.page.margins.bottom
  const turnPage = () => {
    doc.addPage()
    if (headings.length === 0) return
    // Said once to whoever listens: on further pages they only stand there, as the foot does.
    doc.markContent('Artifact', { type: 'Pagination', attached: ['Top'] })
    const height = rowHeight(headings, true)
    headings.forEach((cell, index) => printCell(cell, index, doc.page.margins.top, true))
    doc.endMarkedContent()
    finishRow(doc.page.margins.top + height, true)
  }
  const printCell = (cell: string, index: number, y: number, heading: boolean) => {
    const isHead = heading || (firstBold && index === 0)
    doc
      .font(isHead ? 'bold' : 'regular')
      .fontSize(sizeOf(heading))
      .fillColor(heading ? quiet : ink)
      .text(cell, at[index] ?? margin, y + 3.5, { width: wide[index] ?? 0, lineGap })
  }
  const finishRow = (y: number, heading: boolean) => {
    doc.markContent('Artifact', { type: 'Layout' })
    doc
      .moveTo(margin, y)
      .lineTo(margin + width, y)
      .lineWidth(heading ? 0.9 : 0.4)
      .strokeColor(heading ? quiet : line)
      .stroke()
    doc.endMarkedContent()
    doc.y = y
  }
  const printRow = (cells: string[], heading: boolean) => {
    const height = rowHeight(cells, heading)
    if (!fits(height)) {
      if (heading) doc.addPage()
      else turnPage()
    }
    const y = doc.y
    const row = doc.struct('TR')
    element.add(row)
    cells.forEach((cell, index) => {
      const isHead = heading || (firstBold && index === 0)
      row.add(
        doc.struct(isHead ? 'TH' : 'TD', isHead ? headOf(heading ? 'Column' : 'Row') : {}, () =>
          printCell(cell, index, y, heading),
        ),
      )
    })
    row.end()
    finishRow(y + height, heading)
  }
  const atTop = doc.y <= doc.page.margins.top
  if (!atTop && !fits(leastHeight(spec, layout))) doc.addPage()
  if (headings.length > 0) printRow(headings, true)
  const whole = doc.page.height - doc.page.margins.top - doc.page.margins.bottom
  const most = whole - (headings.length > 0 ? rowHeight(headings, true) : 0)
  for (const [place, row] of rows.entries()) {
    const last = place === rows.length - 2 ? rows[place + 1] : undefined
    // A last row alone on a page, such as a sum, would belong to nothing.
    if (last && place > 0) {
      const [own, after] = [rowHeight(row, false), rowHeight(last, false)]
      if (own + after <= most && fits(own) && !fits(own + after)) turnPage()
    }
    for (const part of partsOf(row, (cells) => rowHeight(cells, false) <= most)) printRow(part, false)
  }
  element.end()
  doc.x = margin
  doc.y += 10
}

/** What a heading is the heading of, as PDF/UA asks; the library's types do not know it yet. */
function headOf(scope: 'Column' | 'Row'): object {
  return { scope }
}

/** A row as it is, or where it is taller than a page in rows that fit: of each cell as many words as do. */
function partsOf(cells: string[], fits: (cells: string[]) => boolean): string[][] {
  if (fits(cells)) return [cells]
  const split = cells.map((cell) => {
    const words = cell.split(/(?<=\s)/)
    let [least, most] = [1, words.length]
    while (least < most) {
      const middle = Math.ceil((least + most) / 2)
      if (fits(cells.map((each) => (each === cell ? words.slice(0, middle).join('') : '')))) least = middle
      else most = middle - 1
    }
    return [words.slice(0, least).join(''), words.slice(least).join('')] as const
  })
  const rest = split.map(([, after]) => after)
  const first = split.map(([before]) => before.trimEnd())
  return rest.every((after) => after === '') ? [first] : [first, ...partsOf(rest, fits)]
}
