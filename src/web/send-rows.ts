import type { Request, Response } from 'express'
import { recordEvent } from '../audit-log/actions.js'
import { textPieces } from '../documents/text-pieces.js'
import { defused } from '../documents/workbook.js'
import { workbookPieces } from '../documents/workbook-stream.js'
import { textIn } from '../i18n/texts.js'
import { contextOf } from './page.js'
import { sendPieces } from './send-pieces.js'

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
}

/** Where a list as it is shown can be taken away, as a spreadsheet and as text; the list's query follows. */
export function exportChoices(address: string, locale: Request['locale']) {
  const t = textIn(locale)
  return [
    { value: `${address}?format=xlsx`, text: t('lists:export-excel') },
    { value: `${address}?format=csv`, text: t('lists:export-csv') },
  ]
}

/** The same of a list whose columns can be chosen: with those that are shown, or with all there are. */
export function exportChoicesOfColumns(address: string, locale: Request['locale']) {
  const t = textIn(locale)
  return [
    { value: `${address}?format=xlsx`, text: t('lists:export-excel-shown') },
    { value: `${address}?format=csv`, text: t('lists:export-csv-shown') },
    { value: `${address}?format=xlsx&columns=all`, text: t('lists:export-excel-all') },
    { value: `${address}?format=csv&columns=all`, text: t('lists:export-csv-all') },
  ]
}

/** Hands the rows of a list out while they come, in the form the address asks for. `of`: the list, in the log and in the file's name. */
export async function sendRows(
  req: Request,
  res: Response,
  { of, sheet, rows }: { of: string; sheet: string; rows: AsyncIterable<readonly string[]> },
): Promise<void> {
  const context = contextOf(req)
  const format = req.query['format'] === 'csv' ? 'csv' : 'xlsx'
  const safe = harmless(rows)
  const pieces = format === 'xlsx' ? workbookPieces(sheet, safe) : textPieces(safe)
  await sendPieces(req, res, {
    pieces,
    name: `tilsyn-${of}-${context.today}.${format}`,
    of,
    type: types[format],
    begun: () => recordEvent(context, 'register.exported', { kind: 'register', id: of }, { format }),
  })
}

/** No cell is a formula, whoever wrote it. */
async function* harmless(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string[]> {
  for await (const cells of rows) yield cells.map(defused)
}
