import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { recordEvent } from '../audit-log/actions.js'
import { textPieces } from '../documents/text-pieces.js'
import { defused } from '../documents/workbook.js'
import { workbookPieces } from '../documents/workbook-stream.js'
import { textIn } from '../i18n/texts.js'
import { contextOf } from './page.js'

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
  // What fails before the first piece is told on a page as any other failure.
  const first = await pieces.next()
  await recordEvent(context, 'register.exported', { kind: 'register', id: of }, { format })
  res.attachment(`tilsyn-${of}-${context.today}.${format}`)
  res.setHeader('Content-Type', types[format])
  if (first.value) res.write(first.value)
  try {
    if (res.writableNeedDrain) await once(res, 'drain')
    await pipeline(Readable.from(pieces), res)
  } catch (error) {
    // The answer is broken off, so that no browser takes it for the file. One who goes away in the middle is no failure.
    const left = (error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE' && !res.errored
    if (!left) req.house.log.error({ error: Object(error).name, of }, 'export broken off')
    res.destroy()
  }
}

/** No cell is a formula, whoever wrote it. */
async function* harmless(rows: AsyncIterable<readonly string[]>): AsyncGenerator<string[]> {
  for await (const cells of rows) yield cells.map(defused)
}
