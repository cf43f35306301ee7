import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { textPieces } from '../../documents/text-pieces.js'
import { workbookPieces } from '../../documents/workbook-stream.js'
import type { Exported } from '../rules/export.js'
import { dayListRows, titleRows, type DayListQuery } from './day-list.js'
import { exportedRows } from './exported.js'

export { exportedRows } from './exported.js'

export type Format = 'xlsx' | 'csv'

/**
 * One of the registers, or a list on a day; `query`: what of it is shown, as the list's address has it, with days as they are in
 * `zone`.
 */
export type ExportAsked =
  { of: Exported; query?: unknown; zone?: string } | { of: 'list'; query: DayListQuery }

/** The file, piece by piece while its rows are read, so that its size does not matter; the log is told that it was taken. */
export async function* exportPieces(
  context: Context,
  asked: ExportAsked,
  format: Format,
): AsyncGenerator<Buffer> {
  const facts = { format, whole: asked.query === undefined }
  await recordEvent(context, 'register.exported', { kind: 'register', id: asked.of }, facts)
  const rows =
    asked.of === 'list'
      ? dayListRows(context, asked.query)
      : exportedRows(context, asked.of, asked.query, asked.zone)
  if (format === 'xlsx') yield* workbookPieces('Tilsyn', rows, asked.of === 'list' ? titleRows : 0)
  else yield* textPieces(rows)
}

/** Ends `to` only where everything was written: one that breaks off is destroyed, and what it got is no file. */
export async function writeExport(
  context: Context,
  asked: ExportAsked,
  format: Format,
  to: Writable,
): Promise<void> {
  await pipeline(Readable.from(exportPieces(context, asked, format)), to)
}
