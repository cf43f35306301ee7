import ExcelJS from 'exceljs'
import { zipSync, strToU8 } from 'fflate'

type Cell = string | number | Date | null | ExcelJS.CellFormulaValue | ExcelJS.CellErrorValue
export type TestSheet = { name: string; rows: Cell[][]; merges?: string[]; hidden?: boolean }

export async function workbookOf(...sheets: TestSheet[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  for (const { name, rows, merges = [], hidden = false } of sheets) {
    const sheet = workbook.addWorksheet(name, { state: hidden ? 'hidden' : 'visible' })
    sheet.addRows(rows)
    for (const merge of merges) sheet.mergeCells(merge)
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

export function csvOf(rows: readonly (readonly string[])[], separator = ','): string {
  return rows
    .map((row) =>
      row
        .map((cell) => (/["\n]|[,;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(separator),
    )
    .join('\r\n')
}

export const latin1 = (text: string) => Buffer.from(text, 'latin1')
export const utf8 = (text: string) => Buffer.from(text, 'utf8')
export const utf16le = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
export const utf16be = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()

/** A workbook put together by hand, for what no spreadsheet would write. */
export function rawWorkbook(sheet: string, more: Record<string, string | Uint8Array> = {}): Buffer {
  const parts: Record<string, string | Uint8Array> = {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels':
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    'xl/workbook.xml':
      '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Ark1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${sheet}</worksheet>`,
    ...more,
  }
  return Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part]),
      ),
    ),
  )
}
