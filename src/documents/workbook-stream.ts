import { Zip, ZipDeflate } from 'fflate'
import { lettersOf } from '../base/spreadsheet.js'

/** The row at `heading` (from 0, and the first where nothing is said) is bold and stays in sight. */
export type StreamedSheet = {
  name: string
  rows: () => AsyncIterable<readonly string[]>
  heading?: number
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packed = 'http://schemas.openxmlformats.org/package/2006'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** So much text is packed at once. */
const pieceSize = 64 * 1024
/** A sheet of a workbook ends here; what is more goes on in another one. */
const mostRows = 1_000_000

/** A workbook of one sheet. */
export function workbookPieces(
  name: string,
  rows: AsyncIterable<readonly string[]>,
  heading = 0,
): AsyncGenerator<Buffer> {
  return sheetsPieces([{ name, rows: () => rows, heading }])
}

/**
 * A workbook, piece by piece while the rows of its sheets come, one sheet after the other: however many there are, only some of
 * them stand in memory. Where the rows break off with an error, so do the pieces: what was sent by then is no workbook.
 */
export async function* sheetsPieces(
  sheets: readonly StreamedSheet[],
  most = mostRows,
): AsyncGenerator<Buffer> {
  const ready: Buffer[] = []
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else ready.push(Buffer.from(chunk))
  })
  const encoder = new TextEncoder()
  const names: string[] = []
  const begin = (name: string, heading: number) => {
    names.push(name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31))
    const file = added(zip, `xl/worksheets/sheet${names.length}.xml`)
    const opening = `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="${heading + 1}" topLeftCell="A${heading + 2}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`
    file.push(encoder.encode(opening))
    return file
  }
  const end = (file: ZipDeflate, text: string) =>
    file.push(encoder.encode(`${text}</sheetData></worksheet>`), true)
  for (const { name, rows, heading = 0 } of sheets) {
    let file = begin(name, heading)
    let [text, number, headings]: [string, number, readonly string[]] = ['', 0, []]
    for await (const cells of rows()) {
      if (number === heading) headings = cells
      if (number >= most) {
        end(file, text)
        file = begin(`${name} ${names.length + 1}`, 0)
        text = rowOf(headings, 1, true)
        number = 1
      }
      number += 1
      text += rowOf(cells, number, number === heading + 1)
      if (text.length < pieceSize) continue
      file.push(encoder.encode(text))
      text = ''
      if (failure) throw failure as Error
      while (ready.length > 0) yield ready.shift() as Buffer
    }
    end(file, text)
  }
  for (const [name, part] of Object.entries(partsFor(names)))
    added(zip, name).push(encoder.encode(head + part), true)
  zip.end()
  if (failure) throw failure as Error
  yield* ready
}

/** Written last: how many sheets there are is known then. */
function partsFor(names: readonly string[]): Record<string, string> {
  const each = (part: (name: string, number: number) => string) =>
    names.map((name, place) => part(name, place + 1)).join('')
  const styles = names.length + 1
  return {
    '[Content_Types].xml': `<Types xmlns="${packed}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>${each((_, number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${sheetType}.worksheet+xml"/>`)}<Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packed}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((name, number) => `<sheet name="${written(name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packed}/relationships">${each((_, number) => `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${styles}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    // Every cell is text (format 49), so that a number with leading zeros stays as it is when somebody edits it.
    'xl/styles.xml': `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
  }
}

/** Without the time of day in it, the same rows are the same file. */
function added(zip: Zip, name: string): ZipDeflate {
  const file = new ZipDeflate(name, { level: 6 })
  file.mtime = new Date(1980, 0, 1)
  zip.add(file)
  return file
}

function rowOf(cells: readonly string[], number: number, bold: boolean): string {
  const filled = cells.map((cell, place) =>
    cell === ''
      ? ''
      : `<c r="${lettersOf(place + 1)}${number}" s="${bold ? 1 : 0}" t="inlineStr"><is><t xml:space="preserve">${written(cell)}</t></is></c>`,
  )
  return `<row r="${number}">${filled.join('')}</row>`
}

/** What XML cannot hold is left out; what would be read as the code of a sign is shielded. */
function written(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}
