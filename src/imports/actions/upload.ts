import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { readFileBytes, removeFile, storeFile, type Upload } from '../../files/actions.js'
import { isZip } from '../reading/guard.js'
import type { Workbook } from '../reading/limits.js'
import { readSheets } from '../reading/read.js'
import { decoded } from '../reading/text.js'
import {
  findImport,
  ImportModel,
  insertImport,
  moveImport,
  rememberedHeadings,
  rememberHeadings,
  type Import,
} from '../records.js'
import type { Register } from '../rules/fields.js'
import { guessMapping, plainHeading, type Mapping } from '../rules/headings.js'

/** Reads the file and keeps it, with its columns guessed; nothing is done to the register. Throws `Refused` for what cannot be read. */
export async function startImport(context: Context, register: Register, upload: Upload): Promise<Import> {
  const workbook = await readSheets(upload.bytes, upload.name)
  const mapping = guessMapping(register, workbook.sheets, await rememberedHeadings(register))
  const _id = newId()
  const file = await storeFile(context, { ...keepable(upload), about: { kind: 'import', id: _id } })
  const started = await insertImport(
    {
      _id,
      register,
      fileName: upload.name.slice(0, 200),
      file: file._id,
      mapping,
      state: 'ready',
      startedAt: context.now,
      startedBy: context.actor.id,
      appliedAt: null,
      counts: null,
      created: [],
      left: [],
    },
    {
      at: context.now,
      by: context.actor,
      event: 'import.started',
      facts: { register, sha256: file.sha256 },
      personal: { name: upload.name },
    },
  )
  await record(ImportModel, started)
  return started
}

/** Text is kept as UTF-8, whatever it came in: the store takes no text with zero bytes. */
function keepable({ name, bytes }: Upload): Upload {
  if (isZip(bytes)) return { name: /\.xlsx$/i.test(name) ? name : `${name}.xlsx`, bytes }
  const text = decoded(bytes)
    .replace(/^\ufeff/, '')
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f]/g, '')
  return { name: name.replace(/(?:\.[a-z0-9]{1,5})?$/i, '.csv'), bytes: Buffer.from(text, 'utf8') }
}

export async function importById(id: string): Promise<Import> {
  const found = await findImport(id)
  if (!found) throw new NotFound()
  return found
}

/** The sheets of an import whose file is still kept. */
export async function sheetsOf({ file, fileName }: Import): Promise<Workbook> {
  if (file === null) throw new Refused('import-closed')
  return readSheets(await readFileBytes(file), fileName)
}

/** Sets which column is read into which field, and remembers it for the next file with such headings. */
export async function mapImport(
  context: Context,
  id: string,
  mapping: Mapping,
  headings: readonly string[],
): Promise<Import> {
  const before = await importById(id)
  const moved = await moveImport(
    id,
    ['ready'],
    { mapping },
    { at: context.now, by: context.actor, event: 'import.mapped', facts: { ...mapping } },
  )
  if (!moved) throw new Refused('import-closed')
  await record(ImportModel, moved)
  const chosen = headings.flatMap((heading, place): [string, string][] => {
    const plain = plainHeading(heading)
    return plain === '' || plain.length > 80 ? [] : [[plain, mapping.columns[place] ?? '']]
  })
  await rememberHeadings(before.register, new Map(chosen))
  return moved
}

export async function discardImport(context: Context, id: string): Promise<Import> {
  const { file } = await importById(id)
  const moved = await moveImport(
    id,
    ['ready'],
    { state: 'discarded', file: null },
    { at: context.now, by: context.actor, event: 'import.discarded', facts: {} },
  )
  if (!moved) throw new Refused('import-closed')
  await record(ImportModel, moved)
  if (file !== null) await removeFile(file)
  return moved
}
