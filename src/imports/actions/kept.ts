import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { Refused } from '../../base/errors.js'
import { mostText, type Workbook } from '../reading/limits.js'
import { dropPacked, keepPacked, packedOf } from '../records/rows.js'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** Keeps what was read, so that the file is not read again for the dry run and for the import itself. */
export async function keepSheets(id: string, workbook: Workbook): Promise<void> {
  await keepPacked(id, await pack(JSON.stringify(workbook), { level: 4 }))
}

/** Throws `Refused` for an import that is over. */
export async function keptSheets(id: string): Promise<Workbook> {
  const packed = await packedOf(id)
  if (packed === null) throw new Refused('import-closed')
  // Signs in cells are bounded; as JSON none takes more than six bytes, and the marks between cells are few beside them.
  const text = await unpack(packed, { maxOutputLength: mostText * 7 })
  return JSON.parse(text.toString('utf8')) as Workbook
}

export async function dropSheets(id: string): Promise<void> {
  await dropPacked(id)
}
