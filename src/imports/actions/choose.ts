import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { findCustomer } from '../../customers/records.js'
import { vendorByReference } from '../../register/records.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import { rowsBelow, type ReadRow } from '../rules/headings.js'
import { withChoice } from '../rules/import.js'
import { asNew } from '../rules/matches.js'
import type { Message, PlannedRow } from '../rules/plan.js'
import { dryRun } from './plan.js'
import { sheetsOf } from './upload.js'

/** What a person says of a row: `whole` and `part` are a record's id, 'new', or 'read' for as it was read. */
export type Choosing = { out: boolean; whole: string; part: string; reference: string }

export type AskedRow = { read: ReadRow; row: PlannedRow; alike: number[]; messages: Message[] }

/** One row with its plan, and the other rows about the same vendor or customer. Throws `NotFound`. */
export async function rowOf(context: Context, found: Import, number: number): Promise<AskedRow> {
  const { sheets } = await sheetsOf(found)
  const sheet = sheets.find(({ name }) => name === found.mapping.sheet)
  const read = sheet && rowsBelow(sheet, found.mapping).find((row) => row.number === number)
  const plan = await dryRun(context, found, sheets)
  const row = plan.rows.find((each) => each.number === number)
  if (!read || !row) throw new NotFound()
  const alike = plan.rows.filter((each) => each.group === row.group && each !== row && row.verdict !== 'out')
  return {
    read,
    row,
    alike: alike.map((each) => each.number),
    messages: plan.messages.filter((message) => message.row === number),
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
  const { row, alike } = await rowOf(context, found, number)
  const whole = choosing.reference === '' ? choosing.whole : await idOf(found, choosing.reference)
  const said = (value: string) => (value === '' || value === 'read' ? null : value)
  const chosen = { out: choosing.out, whole: said(whole), part: said(choosing.part) }
  // Another vendor has other engagements: which of them it is cannot have been chosen yet.
  if (chosen.whole !== null && chosen.whole !== row.whole.found?.id && chosen.part !== asNew)
    chosen.part = null
  const choices = withChoice(found.choices, number, alike, chosen)
  const moved = await moveImport(
    found._id,
    ['ready'],
    { choices },
    {
      at: context.now,
      by: context.actor,
      event: 'import.row-chosen',
      facts: { row: number, ...chosen },
    },
    found.version,
  )
  if (!moved) throw new Refused('changed-meanwhile')
  await record(ImportModel, moved)
  return moved
}

async function idOf({ register }: Import, reference: string): Promise<string> {
  const wanted = reference.trim().toUpperCase()
  const known = register === 'customers' ? await findCustomer(wanted) : await vendorByReference(wanted)
  if (!known) throw new Refused('import-no-such-record', { reference: wanted })
  return known._id
}
