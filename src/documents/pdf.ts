import type { Font } from 'fontkit'
import type { Locale } from '../base/context.js'
import type { Block } from './blocks.js'
import { printBlock } from './pdf-blocks.js'
import { paperFonts } from './pdf-fonts.js'
import { ink, line, margin, quiet } from './pdf-ink.js'

export type { Block } from './blocks.js'

export type PdfInput = {
  title: string
  /** Small line above the title: what kind of paper this is. */
  kicker?: string
  subject?: string
  author?: string
  locale: Locale
  /** Stands in the metadata; the same input gives the same bytes. */
  createdAt: Date
  blocks: Block[]
  footer?: string
  /** 'Page 1 of 3' / 'Side 1 af 3'. */
  pageLabel: (page: number, pages: number) => string
  landscape?: boolean
  /** For papers long enough to be gone through by them: one for each heading. */
  bookmarks?: boolean
}

const accent = '#1f5f5b'

/** A tagged PDF (PDF 1.7, PDF/UA structure, language set, selectable text) of plain blocks. */
export async function buildPdf(input: PdfInput): Promise<Buffer> {
  // Read when the first paper is built: it would make every start a third of a second longer.
  const [{ default: PDFDocument }, { regular, bold }] = await Promise.all([import('pdfkit'), paperFonts()])
  const doc = new PDFDocument({
    size: 'A4',
    layout: input.landscape ? 'landscape' : 'portrait',
    margins: { top: margin - 12, bottom: margin + 10, left: margin, right: margin },
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang: input.locale === 'da' ? 'da-DK' : 'en-GB',
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: input.title,
      ...(input.subject ? { Subject: input.subject } : {}),
      ...(input.author ? { Author: input.author } : {}),
      Creator: 'Tilsyn',
      Producer: 'Tilsyn',
      CreationDate: input.createdAt,
      ModDate: input.createdAt,
    },
  } as unknown as PDFKit.PDFDocumentOptions)
  // It takes an opened font as well; its types know of files only.
  const source = (font: Font) => font as unknown as PDFKit.Mixins.PDFFontSource
  doc.registerFont('regular', source(regular)).registerFont('bold', source(bold))

  const parts: Buffer[] = []
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })

  const root = doc.struct('Document')
  doc.addStructure(root)
  const tagged = (tag: string, print: () => void) => root.add(doc.struct(tag, {}, print))

  if (input.kicker)
    tagged('P', () =>
      doc
        .font('regular')
        .fontSize(10)
        .fillColor(accent)
        .text(input.kicker ?? '', { paragraphGap: 4 }),
    )
  tagged('H1', () =>
    doc.font('bold').fontSize(20).fillColor(ink).text(input.title, { paragraphGap: 12, lineGap: 1 }),
  )
  for (const [place, block] of input.blocks.entries()) {
    printBlock(doc, root, block, input.blocks.slice(place + 1, place + 8))
    if (input.bookmarks && block.kind === 'heading' && !block.level) doc.outline.addItem(block.text)
  }
  root.end()

  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    printFoot(doc, input, page - start + 1, count)
  }
  doc.end()
  return finished
}

function printFoot(doc: PDFKit.PDFDocument, input: PdfInput, page: number, pages: number) {
  // The foot stands below the text area; with the margin in force pdfkit would open a new page for it.
  const bottom = doc.page.margins.bottom
  doc.page.margins.bottom = 0
  const y = doc.page.height - margin + 8
  const width = doc.page.width - 2 * margin
  doc.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] })
  doc
    .moveTo(margin, y - 8)
    .lineTo(margin + width, y - 8)
    .lineWidth(0.5)
    .strokeColor(line)
    .stroke()
  doc.font('regular').fontSize(8.5).fillColor(quiet)
  doc.text(input.footer ?? '', margin, y, { width: width - 90, lineBreak: false, ellipsis: true, height: 12 })
  doc.text(input.pageLabel(page, pages), margin + width - 90, y, {
    width: 90,
    align: 'right',
    lineBreak: false,
  })
  doc.endMarkedContent()
  doc.page.margins.bottom = bottom
}
