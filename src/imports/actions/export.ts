import type { Writable } from 'node:stream'
import { once } from 'node:events'
import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { everyCustomer } from '../../customers/actions.js'
import { hasEnded } from '../../customers/rules.js'
import type { Engagement } from '../../register/rules.js'
import { allServices, everyEngagement, everyVendor } from '../../register/actions.js'
import {
  customerRows,
  engagementCells,
  exportHeadings,
  exportRow,
  vendorCells,
  type Exported,
} from '../rules/export.js'

export type Format = 'xlsx' | 'csv'

/** What runs today, in the shape an import reads, row by row; the first row is the headings. */
export async function* exportedRows(
  { today, locale }: Context,
  exported: Exported,
): AsyncGenerator<string[]> {
  yield exportHeadings(exported, locale)
  const services = await allServices()
  if (exported === 'customers') {
    for (const customer of inOrder(await everyCustomer()))
      if (!hasEnded(customer, today)) yield* customerRows(customer, services, locale)
    return
  }
  const vendors = inOrder(await everyVendor()).filter(({ endedOn }) => endedOn === null)
  const engagements = new Map<string, Engagement[]>()
  for (const engagement of exported === 'vendors' ? [] : inOrder(await everyEngagement()))
    if (engagement.endedOn === null)
      engagements.set(engagement.vendor, [...(engagements.get(engagement.vendor) ?? []), engagement])
  for (const vendor of vendors) {
    const cells = vendorCells(vendor, locale)
    const own = engagements.get(vendor._id) ?? []
    if (own.length === 0) yield exportRow(exported, cells)
    for (const engagement of own)
      yield exportRow(exported, { ...cells, ...engagementCells(engagement, services, locale) })
  }
}

/** A longer number is a later one. */
function inOrder<T extends { reference: string }>(records: readonly T[]): T[] {
  return records.toSorted(({ reference: a }, { reference: b }) => a.length - b.length || (a < b ? -1 : 1))
}

/** Writes the export while it is made, so that its size does not matter; tells the log that it was taken. */
export async function writeExport(
  context: Context,
  exported: Exported,
  format: Format,
  to: Writable,
): Promise<void> {
  await recordEvent(context, 'register.exported', { kind: 'register', id: exported }, { format })
  if (format === 'xlsx') return writeWorkbook(exportedRows(context, exported), to)
  // The mark lets Excel see that it is UTF-8, the semicolons that they are columns.
  to.write('\ufeff')
  for await (const row of exportedRows(context, exported))
    if (!to.write(`${row.map(quoted).join(';')}\r\n`)) await once(to, 'drain')
  to.end()
}

async function writeWorkbook(rows: AsyncGenerator<string[]>, to: Writable): Promise<void> {
  const { default: ExcelJS } = await import('exceljs')
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: to, useStyles: true })
  const sheet = workbook.addWorksheet('Tilsyn', { views: [{ state: 'frozen', ySplit: 1 }] })
  let first = true
  for await (const row of rows) {
    const line = sheet.addRow(row)
    if (first) line.font = { bold: true }
    first = false
    line.commit()
  }
  sheet.commit()
  await workbook.commit()
}

function quoted(cell: string): string {
  return /["\n\r;]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
