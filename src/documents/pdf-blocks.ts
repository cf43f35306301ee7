import type { Block } from './blocks.js'

export const ink = '#1d2529'
export const quiet = '#5b666c'
export const line = '#d5dadd'
export const margin = 62
/** The typeface is made with wide leading; in cells a little less reads better. Points. */
const lineGap = -1

/** Prints one block where the document stands, tagged below `root`. */
export function printBlock(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, block: Block) {
  const tagged = (tag: string, print: () => void) => root.add(doc.struct(tag, {}, print))
  const roomFor = (height: number) => {
    if (doc.y + height > doc.page.height - doc.page.margins.bottom) doc.addPage()
  }
  doc.x = margin
  switch (block.kind) {
    case 'heading':
      roomFor(block.room ?? 60)
      tagged(block.level === 3 ? 'H3' : 'H2', () =>
        doc
          .moveDown(0.5)
          .font('bold')
          .fontSize(block.level === 3 ? 11 : 13)
          .fillColor(ink)
          .text(block.text, { paragraphGap: 5 }),
      )
      return
    case 'lead':
      tagged('P', () =>
        doc.font('bold').fontSize(11.5).fillColor(ink).text(block.text, { paragraphGap: 10, lineGap: 0 }),
      )
      return
    case 'paragraph':
      tagged('P', () =>
        doc.font('regular').fontSize(10.5).fillColor(ink).text(block.text, { paragraphGap: 7, lineGap: 0 }),
      )
      return
    case 'note':
      tagged('P', () =>
        doc.font('regular').fontSize(9.5).fillColor(quiet).text(block.text, { paragraphGap: 7, lineGap: 0 }),
      )
      return
    case 'list': {
      const list = doc.struct('L')
      root.add(list)
      for (const item of block.items) {
        const entry = doc.struct('LI')
        list.add(entry)
        roomFor(16)
        const y = doc.y
        doc.font('regular').fontSize(10.5).fillColor(ink)
        entry.add(doc.struct('Lbl', {}, () => doc.text('•', margin + 4, y, { width: 10 })))
        entry.add(
          doc.struct('LBody', {}, () => doc.text(item, margin + 16, y, { paragraphGap: 3, lineGap: 0 })),
        )
        entry.end()
      }
      list.end()
      doc.x = margin
      doc.y += 6
      return
    }
    case 'pairs':
      table(doc, root, { rows: block.rows, headings: [], widths: [0.32, 0.68], firstBold: true })
      return
    case 'table':
      table(doc, root, {
        rows: block.rows,
        headings: block.headings,
        ...(block.widths ? { widths: block.widths } : {}),
        ...(block.together ? { together: true } : {}),
      })
      return
    case 'page-break':
      doc.addPage()
  }
}

/** Rows that never break inside a row unless a single row is taller than a page; headings repeat on each page. */
function table(
  doc: PDFKit.PDFDocument,
  root: PDFKit.PDFStructureElement,
  {
    rows,
    headings,
    widths,
    firstBold = false,
    together = false,
  }: { rows: string[][]; headings: string[]; widths?: number[]; firstBold?: boolean; together?: boolean },
) {
  const width = doc.page.width - 2 * margin
  const columns = Math.max(headings.length, ...rows.map((row) => row.length), 1)
  const shares = widths ?? Array.from({ length: columns }, () => 1 / columns)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const at = shares.map(
    (_, index) => margin + (width * shares.slice(0, index).reduce((sum, share) => sum + share, 0)) / total,
  )
  const wide = shares.map((share) => (width * share) / total - 10)
  const element = doc.struct('Table')
  root.add(element)

  const heightOf = (cells: string[], font: string, size: number) => {
    doc.font(font).fontSize(size)
    return Math.max(
      ...cells.map((cell, index) => doc.heightOfString(cell || ' ', { width: wide[index] ?? 0, lineGap })),
    )
  }
  // On a page that lies down a table has many columns.
  const sizeOf = (heading: boolean) => (heading || doc.page.width > doc.page.height ? 9 : 10)
  // Laying a text out takes longer than anything else here, and each row is asked about more than once.
  const known = new Map<string[], number>()
  const rowHeight = (cells: string[], heading: boolean) => {
    const height =
      known.get(cells) ?? heightOf(cells, heading || firstBold ? 'bold' : 'regular', sizeOf(heading)) + 8
    known.set(cells, height)
    return height
  }
  const fits = (height: number) => doc.y + height <= doc.page.height - doc.page.margins.bottom
  const printRow = (cells: string[], heading: boolean) => {
    const size = sizeOf(heading)
    const height = rowHeight(cells, heading)
    if (!fits(height)) {
      doc.addPage()
      if (!heading && headings.length > 0) printRow(headings, true)
    }
    const y = doc.y
    const row = doc.struct('TR')
    element.add(row)
    cells.forEach((cell, index) => {
      const isHead = heading || (firstBold && index === 0)
      row.add(
        doc.struct(isHead ? 'TH' : 'TD', {}, () => {
          doc
            .font(isHead ? 'bold' : 'regular')
            .fontSize(size)
            .fillColor(heading ? quiet : ink)
            .text(cell, at[index] ?? margin, y + 3.5, { width: wide[index] ?? 0, lineGap })
        }),
      )
    })
    row.end()
    doc.markContent('Artifact', { type: 'Layout' })
    doc
      .moveTo(margin, y + height)
      .lineTo(margin + width, y + height)
      .lineWidth(heading ? 0.9 : 0.4)
      .strokeColor(heading ? quiet : line)
      .stroke()
    doc.endMarkedContent()
    doc.y = y + height
  }
  // Headings alone at the foot of a page would belong to nothing.
  const first = [
    ...(headings.length > 0 ? [rowHeight(headings, true)] : []),
    ...(together ? rows : rows.slice(0, 1)).map((row) => rowHeight(row, false)),
  ]
  const atTop = doc.y <= doc.page.margins.top
  if (!atTop && !fits(first.reduce((sum, height) => sum + height, 0))) doc.addPage()
  if (headings.length > 0) printRow(headings, true)
  const whole = doc.page.height - doc.page.margins.top - doc.page.margins.bottom
  const most = whole - (headings.length > 0 ? rowHeight(headings, true) : 0)
  for (const row of rows)
    for (const part of partsOf(row, (cells) => rowHeight(cells, false) <= most)) printRow(part, false)
  element.end()
  doc.x = margin
  doc.y += 10
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
