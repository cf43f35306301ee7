/** Makes the PDFs that the reading of statements is measured on: layouts as auditors use them, in our own words. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type Part =
  | { title: string }
  | { heading: string; spaced?: boolean }
  | { text: string }
  | { table: string[][]; widths: number[] }
  | { centred: string; size?: number }
  | { columns: string[] }
  | 'page'

export type Look = {
  font?: 'serif' | 'sans' | 'own'
  header?: string
  footer?: (page: number) => string
  password?: string
  landscape?: boolean
  size?: number
}

const own = join(
  dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/source-sans-3/package.json')),
  '400Regular',
  'SourceSans3_400Regular.ttf',
)
const fonts = { serif: ['Times-Roman', 'Times-Bold'], sans: ['Helvetica', 'Helvetica-Bold'], own: [own, own] }
const margin = 60
const gutter = 20

export async function paper(parts: readonly Part[], look: Look = {}): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit')
  const [plain = '', bold = ''] = fonts[look.font ?? 'sans']
  const size = look.size ?? 10
  const doc = new PDFDocument({
    size: 'A4',
    layout: look.landscape ? 'landscape' : 'portrait',
    margin,
    bufferPages: true,
    ...(look.password ? { userPassword: look.password, ownerPassword: look.password } : {}),
    info: { CreationDate: new Date('2026-01-05T00:00:00Z') },
  })
  const written: Buffer[] = []
  const finished = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (piece: Buffer) => written.push(piece))
    doc.on('end', () => resolve(Buffer.concat(written)))
    doc.on('error', reject)
  })
  const width = doc.page.width - 2 * margin
  for (const part of parts) {
    if (part === 'page') doc.addPage()
    else if ('title' in part) doc.font(bold).fontSize(20).text(part.title, { paragraphGap: 10 })
    else if ('heading' in part) {
      doc
        .moveDown(0.6)
        .font(bold)
        .fontSize(size + 2)
      doc.text(part.heading, {
        paragraphGap: 4,
        characterSpacing: part.spaced ? 5 : 0,
        wordSpacing: part.spaced ? 6 : 0,
      })
    } else if ('text' in part) doc.font(plain).fontSize(size).text(part.text, { paragraphGap: 6 })
    else if ('centred' in part)
      doc
        .font(plain)
        .fontSize(part.size ?? 14)
        .text(part.centred, { align: 'center', paragraphGap: 8 })
    else if ('columns' in part) columns(doc, part.columns, plain, size, width)
    else table(doc, part, plain, size)
  }
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page)
    doc.page.margins = { top: 0, bottom: 0, left: margin, right: margin }
    doc.font(plain).fontSize(8)
    if (look.header) doc.text(look.header, margin, 26, { lineBreak: false })
    if (look.footer)
      doc.text(look.footer(page - start + 1), margin, doc.page.height - 32, { lineBreak: false })
  }
  doc.end()
  return finished
}

function columns(
  doc: PDFKit.PDFDocument,
  paragraphs: readonly string[],
  font: string,
  size: number,
  width: number,
) {
  doc.font(font).fontSize(size)
  doc.text(paragraphs.join('\n\n'), { columns: 2, columnGap: gutter, width, height: 520, align: 'justify' })
}

function table(
  doc: PDFKit.PDFDocument,
  { table: rows, widths }: { table: string[][]; widths: number[] },
  font: string,
  size: number,
) {
  doc.font(font).fontSize(size - 1)
  for (const row of rows) {
    const height = Math.max(
      ...row.map((cell, at) => doc.heightOfString(cell, { width: (widths[at] ?? 100) - 12 })),
    )
    if (doc.y + height > doc.page.height - margin) doc.addPage()
    const y = doc.y
    let x = margin
    for (const [at, cell] of row.entries()) {
      doc.text(cell, x, y, { width: (widths[at] ?? 100) - 12 })
      x += widths[at] ?? 100
    }
    doc.x = margin
    doc.y = y + height + 6
  }
}

/** A page that is only a picture, as a scanner without text recognition makes it. */
export async function scanned(): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit')
  const doc = new PDFDocument({ size: 'A4' })
  const written: Buffer[] = []
  const finished = new Promise<Buffer>((resolve) => {
    doc.on('data', (piece: Buffer) => written.push(piece))
    doc.on('end', () => resolve(Buffer.concat(written)))
  })
  // Grey lines where the words would be.
  for (let y = 80; y < 700; y += 14) doc.rect(70, y, 300 + ((y * 37) % 150), 6).fill('#555555')
  doc.end()
  return finished
}
