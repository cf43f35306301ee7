import { Refused } from '../../base/errors.js'
import { isZip, refuseCompound } from './guard.js'
import type { Workbook } from './limits.js'
import { readText } from './text.js'
import { readWorkbook } from './workbook.js'

/** The largest spreadsheet taken in; the same as for any upload. */
const largest = 25 * 1024 * 1024

/** An upload -> sheets of text. By what the bytes are, whatever the name says. Throws `Refused` with the reason. */
export async function readSheets(bytes: Buffer, name: string): Promise<Workbook> {
  if (bytes.length === 0) throw new Refused('file-empty', { name })
  if (bytes.length > largest) throw new Refused('file-too-large', { name, most: '25 MB' })
  refuseCompound(bytes)
  const workbook = isZip(bytes) ? await readWorkbook(bytes) : readText(bytes, name)
  const sheets = workbook.sheets.filter(({ rows }) => rows.length > 0)
  if (sheets.length === 0) throw new Refused('import-file-without-rows')
  return { ...workbook, sheets }
}
