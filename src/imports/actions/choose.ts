import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { findCustomer } from '../../customers/records.js'
import { vendorByReference } from '../../register/records.js'
import { asRead, type Sheet } from '../reading/limits.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import { rowsBelow, type ReadRow } from '../rules/rows.js'
import { neededField } from '../rules/fields.js'
import { withCells, withChoice } from '../rules/import.js'
import { isLeftOutByItself } from '../rules/left-out.js'
import { asNew } from '../rules/matches.js'
import type { Message, PlannedRow } from '../rules/plan.js'
import type { Difference } from '../rules/differences.js'
import { differencesIn } from './differences.js'
import { dryRun } from './plan.js'
import { sheetsOf } from './upload.js'

/**
 * What a person says of a row: `whole` and `part` are a record's id, 'new', or 'read' for as it was read; `whole` may be 'row' for
 * the row it looks like. `cells`: what is to stand in its columns, by their letters; absent: as it is.
 */
export type Choosing = {
  out: boolean
  whole: string
  part: string
  reference: string
  cells?: Record<string, string>
}

export type AskedRow = {
  read: ReadRow
  /** The row as the file has it, without what was corrected. */
  inFile: ReadonlyMap<string, string>
  row: PlannedRow
  alike: number[]
  messages: Message[]
  /** What it would change of a record that is there. */
  differences: Difference[]
  sheet: Sheet
}

/** One row with its plan, and the other rows about the same vendor or customer. Throws `NotFound`. */
export async function rowOf(context: Context, found: Import, number: number): Promise<AskedRow> {
  const { sheets } = await sheetsOf(found)
  const sheet = sheets.find(({ name }) => name === found.mapping.sheet)
  const numbered = (row: { number: number }) => row.number === number
  const read = sheet && rowsBelow(sheet, found.mapping, found.choices).find(numbered)
  const plan = await dryRun(context, found, sheets)
  const row = plan.rows.find(numbered)
  if (!sheet || !read || !row) throw new NotFound()
  const unchanged = rowsBelow(sheet, found.mapping).find(numbered)
  const alike = plan.rows.filter((each) => each.group === row.group && each !== row && row.verdict !== 'out')
  return {
    read,
    inFile: new Map([...(unchanged?.cells.values() ?? [])].map(({ letter, text }) => [letter, text])),
    row,
    sheet,
    alike: alike.map((each) => each.number),
    messages: plan.messages.filter((message) => message.row === number),
    differences: (await differencesIn(plan, context.locale))(row),
  }
}

/**
 * Keeps the choice with the import; the dry run and the import itself go by it. Which vendor or customer it is goes for every row
 * about the same one. Throws `Refused('import-no-such-record')` for a number nobody has.
 */
export async function chooseRow(
  context: Context,
  found: Import,
  number: number,
  choosing: Choosing,
): Promise<Import> {
  const asked = await rowOf(context, found, number)
  const { row, alike, read } = asked
  const whole = choosing.reference === '' ? choosing.whole : await idOf(found, choosing.reference)
  const said = (value: string) => (['', 'read', 'row'].includes(value) ? null : value)
  const chosen = { out: choosing.out, whole: said(whole), part: said(choosing.part) }
  // Another vendor has other engagements: which of them it is cannot have been chosen yet.
  if (chosen.whole !== null && chosen.whole !== row.whole.found?.id && chosen.part !== asNew)
    chosen.part = null
  const name = read.cells.get(neededField[found.register])
  const typed = { ...choosing.cells }
  const other = asked.messages.find(({ text }) => text === 'looks-like-row')?.facts['name']
  // The same as another row of the file: its name is written as there.
  if (choosing.whole === 'row' && name && other !== undefined) typed[name.letter] = String(other)
  const cells = choosing.cells || choosing.whole === 'row' ? correctedIn(asked, typed) : undefined
  const taken = !choosing.out && isLeftOutByItself(found.register, read)
  const choices = withCells(
    withChoice(found.choices, number, alike, { ...chosen, in: taken, cells }),
    sameName(found, asked, cells),
  )
  const moved = await moveImport(
    found._id,
    ['ready'],
    { choices },
    {
      at: context.now,
      by: context.actor,
      event: 'import.row-chosen',
      facts: { row: number, ...chosen, corrected: Object.keys(cells ?? {}) },
    },
    found.version,
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await record(ImportModel, moved)
  return moved
}

/** The corrections of a row by the letters of their columns: what is as in the file is none. */
function correctedIn({ inFile }: AskedRow, typed: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed)
      .map(([letter, text]): [string, string] => [letter, asRead(text)])
      .filter(([letter, text]) => text !== (inFile.get(letter) ?? '')),
  )
}

/** A name that is corrected is so in every row about the same that writes it as this one did. */
function sameName(
  found: Import,
  { read, alike, sheet }: AskedRow,
  cells: Record<string, string> | undefined,
): Map<number, Record<string, string>> {
  const field = neededField[found.register]
  const name = read.cells.get(field)
  const corrected = name && cells?.[name.letter]
  if (!name || !corrected || corrected === name.text) return new Map()
  const others = rowsBelow(sheet, found.mapping, found.choices).filter(
    (row) => alike.includes(row.number) && row.cells.get(field)?.text === name.text,
  )
  return new Map(others.map((row) => [row.number, { [name.letter]: corrected }]))
}

async function idOf({ register }: Import, reference: string): Promise<string> {
  const wanted = reference.trim().toUpperCase()
  const known = register === 'customers' ? await findCustomer(wanted) : await vendorByReference(wanted)
  if (!known) throw new Refused('import-no-such-record', { reference: wanted })
  return known._id
}
