import { createHash } from 'node:crypto'
import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import type { Upload } from '../../files/actions.js'
import { allServices } from '../../register/actions.js'
import type { Sheet, Workbook } from '../reading/limits.js'
import { readSheets } from '../reading/read.js'
import {
  findImport,
  ImportModel,
  insertImport,
  moveImport,
  rememberedHeadings,
  rememberHeadings,
  type Import,
} from '../records.js'
import { dropSheets, keepSheets, keptSheets } from './kept.js'
import { neededField, type Register } from '../rules/fields.js'
import { headingsOf } from '../rules/heading-rows.js'
import {
  guessAt,
  guessMapping,
  headingsKey,
  plainHeading,
  possibleHeadings,
  type Mapping,
} from '../rules/headings.js'
import type { RowChoice } from '../rules/import.js'
import { plainName } from '../rules/names.js'
import { rememberedSet, rememberSet } from '../records/headings.js'
import { giveTurn } from '../records/turns.js'

/** Reads the file and keeps it, with its columns guessed; nothing is done to the register. Throws `Refused` for what cannot be read. */
export async function startImport(context: Context, register: Register, upload: Upload): Promise<Import> {
  const workbook = await readSheets(upload.bytes, upload.name)
  const mapping = await likelyMapping(register, workbook.sheets)
  const _id = newId()
  // The rows first: a crash leaves unreachable rows, never an import without any.
  await keepSheets(_id, workbook)
  const started = await insertImport(
    {
      _id,
      register,
      fileName: upload.name.slice(0, 200),
      mapping,
      choices: [],
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
      facts: { register, sha256: createHash('sha256').update(upload.bytes).digest('hex') },
      personal: { name: upload.name },
    },
  )
  await record(ImportModel, started)
  return started
}

/** As it was chosen for the same row of headings; else guessed, heading by heading. */
async function likelyMapping(register: Register, sheets: readonly Sheet[]): Promise<Mapping> {
  const possible = possibleHeadings(register, sheets)
  const known = await rememberedSet([...possible.keys()])
  const at = known && possible.get(known.key)
  const sheet = at && sheets.find(({ name }) => name === at.sheet)
  // The columns as they were chosen; how the rows lie may be another in each file.
  if (at && sheet) return { ...guessAt(register, sheet, at), columns: known.columns }
  const [remembered, services] = await Promise.all([rememberedHeadings(register), serviceNames()])
  return guessMapping(register, sheets, remembered, services)
}

/** What services are called, plainly, so that a column of other words is not taken for them. */
export async function serviceNames(): Promise<Set<string>> {
  const services = await allServices()
  return new Set(services.flatMap(({ reference, name }) => [reference, name.da, name.en].map(plainName)))
}

/** Whether the columns are as they were chosen for the same row of headings before. */
export async function isRemembered(
  { register, mapping }: Pick<Import, 'register' | 'mapping'>,
  sheets: readonly Sheet[],
): Promise<boolean> {
  const sheet = sheets.find(({ name }) => name === mapping.sheet)
  const headings = sheet ? headingsOf(sheet, mapping) : []
  const known = await rememberedSet([headingsKey(register, headings)])
  return known !== null && JSON.stringify(known.columns) === JSON.stringify(mapping.columns)
}

export async function importById(id: string): Promise<Import> {
  const found = await findImport(id)
  if (!found) throw new NotFound()
  return found
}

/** What was read from the file of an import that is not over yet. */
export async function sheetsOf({ _id }: Import): Promise<Workbook> {
  return keptSheets(_id)
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
    { mapping, choices: keptChoices(before, mapping) },
    { at: context.now, by: context.actor, event: 'import.mapped', facts: { ...mapping } },
  )
  if (!moved) throw new Refused('import-closed')
  await record(ImportModel, moved)
  const chosen = headings.flatMap((heading, place): [string, string][] => {
    const plain = plainHeading(heading)
    return plain === '' || plain.length > 80 ? [] : [[plain, mapping.columns[place] ?? '']]
  })
  await rememberHeadings(before.register, new Map(chosen))
  if (headings.length > 0)
    await rememberSet(headingsKey(before.register, headings), mapping.columns, context.now)
  return moved
}

/**
 * Rows and columns of a sheet are the same however they are read, so that what was said of them stands. Another sheet has other
 * rows; and where another column holds the names, which record a row is has to be chosen anew.
 */
function keptChoices({ register, mapping: before, choices }: Import, mapping: Mapping): RowChoice[] {
  if (mapping.sheet !== before.sheet) return []
  const name = (columns: Mapping['columns']) => columns.indexOf(neededField[register])
  if (name(mapping.columns) === name(before.columns)) return choices
  return choices
    .map(({ whole: _whole, part: _part, ...choice }) => choice)
    .filter((choice) => Object.keys(choice).length > 1)
}

export async function discardImport(context: Context, id: string): Promise<Import> {
  await importById(id)
  const moved = await moveImport(
    id,
    ['ready'],
    { state: 'discarded', choices: [] },
    { at: context.now, by: context.actor, event: 'import.discarded', facts: {} },
  )
  if (!moved) throw new Refused('import-closed')
  await record(ImportModel, moved)
  await Promise.all([dropSheets(id), giveTurn(moved.register, id)])
  return moved
}
