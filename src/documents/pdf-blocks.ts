import type { Block } from './blocks.js'
import { ink, margin, quiet } from './pdf-ink.js'
import { leastOfTable, printTable, type TableSpec } from './pdf-table.js'

/** How running text looks, by its kind. */
const running = {
  lead: { font: 'bold', size: 11.5, color: ink, gap: 10 },
  paragraph: { font: 'regular', size: 10.5, color: ink, gap: 7 },
  note: { font: 'regular', size: 9.5, color: quiet, gap: 7 },
} as const

const headings = {
  2: { tag: 'H2', size: 13, room: 60 },
  3: { tag: 'H3', size: 11, room: 60 },
} as const

/** A text up to so many lines is not parted; of a longer one no line stands alone on either page. */
const wholeLines = 3
/** A list up to this high stands on one page, in points. */
const shortList = 90

const pairs = ({ rows }: Extract<Block, { kind: 'pairs' }>): TableSpec => ({
  rows,
  headings: [],
  // A SHA-256 stands on one line.
  widths: [0.28, 0.72],
  firstBold: true,
})

/** Prints one block where the document stands, tagged below `root`; `after`: what follows, of which some may belong on its page. */
export function printBlock(
  doc: PDFKit.PDFDocument,
  root: PDFKit.PDFStructureElement,
  block: Block,
  after: readonly Block[] = [],
) {
  const tagged = (tag: string, print: () => void) => root.add(doc.struct(tag, {}, print))
  doc.x = margin
  switch (block.kind) {
    case 'heading': {
      const { tag, size, room } = headings[block.level ?? 2]
      makeRoom(doc, Math.max(block.room ?? room, leastOf(doc, [block, ...after])))
      tagged(tag, () =>
        doc.moveDown(0.5).font('bold').fontSize(size).fillColor(ink).text(block.text, { paragraphGap: 5 }),
      )
      return
    }
    case 'lead':
    case 'paragraph':
    case 'note': {
      const { font, size, color, gap } = running[block.kind]
      const keeps = block.kind === 'paragraph' && block.keep === true
      makeRoom(doc, leastOf(doc, keeps ? [block, ...after] : [block]))
      tagged('P', () => {
        doc.font(font).fontSize(size).fillColor(color)
        withoutWidow(doc, block.text, () => doc.text(block.text, { paragraphGap: gap, lineGap: 0 }))
      })
      return
    }
    case 'list': {
      const list = doc.struct('L')
      root.add(list)
      makeRoom(doc, leastOf(doc, [block]))
      for (const [place, item] of block.items.entries()) {
        const entry = doc.struct('LI')
        list.add(entry)
        // A last point alone on a page would belong to nothing.
        const last = place > 0 && place === block.items.length - 2
        makeRoom(doc, heightOfItems(doc, last ? block.items.slice(place) : [item]))
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
      printTable(doc, root, pairs(block))
      return
    case 'table':
      printTable(doc, root, block)
      return
    case 'page-break':
      doc.addPage()
  }
}

function makeRoom(doc: PDFKit.PDFDocument, height: number): void {
  const { margins, height: page } = doc.page
  // What needs more than a page begins where it is, unless little of one is left.
  const wanted = Math.min(height, (page - margins.top - margins.bottom) * 0.8)
  if (doc.y > margins.top && doc.y + wanted > page - margins.bottom) doc.addPage()
}

/** How much of a page the beginning of these blocks needs, in points: what must stand together. */
function leastOf(doc: PDFKit.PDFDocument, [block, ...after]: readonly Block[]): number {
  if (!block) return 0
  switch (block.kind) {
    case 'heading': {
      doc.font('bold').fontSize(headings[block.level ?? 2].size)
      return doc.heightOfString(block.text, { paragraphGap: 5 }) + 8 + leastOf(doc, after)
    }
    case 'lead':
    case 'paragraph':
    case 'note': {
      const { font, size, gap } = running[block.kind]
      doc.font(font).fontSize(size)
      const all = linesOf(doc, block.text)
      const keeps = block.kind === 'paragraph' && block.keep === true
      const lines = keeps || all <= wholeLines ? all : 2
      return lines * doc.currentLineHeight(true) + (keeps ? gap + leastOf(doc, after) : 0)
    }
    case 'list': {
      const whole = heightOfItems(doc, block.items)
      return whole <= shortList ? whole : heightOfItems(doc, block.items.slice(0, 2))
    }
    case 'pairs':
      return leastOfTable(doc, pairs(block))
    case 'table':
      return leastOfTable(doc, block)
    case 'page-break':
      return 0
  }
}

/** Where the page would turn before its last line, it turns one line earlier. */
function withoutWidow(doc: PDFKit.PDFDocument, text: string, print: () => void): void {
  const { page } = doc
  const height = doc.currentLineHeight(true)
  const fitting = Math.floor((page.height - page.margins.bottom - doc.y) / height)
  const parted = linesOf(doc, text) === fitting + 1 && fitting > 2
  if (parted) page.margins.bottom += height
  print()
  if (parted) page.margins.bottom -= height
}

function linesOf(doc: PDFKit.PDFDocument, text: string): number {
  const height = doc.heightOfString(text, { width: textWidth(doc), lineGap: 0 })
  return Math.round(height / doc.currentLineHeight(true))
}

function heightOfItems(doc: PDFKit.PDFDocument, items: readonly string[]): number {
  doc.font('regular').fontSize(10.5)
  const heights = items.map((item) =>
    doc.heightOfString(item, { width: textWidth(doc) - 16, paragraphGap: 3, lineGap: 0 }),
  )
  return heights.reduce((sum, height) => sum + height, 0)
}

function textWidth(doc: PDFKit.PDFDocument): number {
  return doc.page.width - 2 * margin
}
