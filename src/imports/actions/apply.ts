import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { lettersOf } from '../../base/spreadsheet.js'
import type { Sheet } from '../reading/limits.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import { rememberAliases } from '../records/aliases.js'
import { neededField } from '../rules/fields.js'
import { asNew } from '../rules/matches.js'
import { plainName } from '../rules/names.js'
import { rowsBelow } from '../rules/rows.js'
import { giveTurn } from '../records/turns.js'
import { idFor, withoutTexts, type CreatedKind } from '../rules/import.js'
import { countRows } from '../rules/plan.js'
import { keepBefore } from './before.js'
import { dropSheets } from './kept.js'
import { dryRun, type Plan } from './plan.js'
import { inTurn } from './turns.js'
import { importById, sheetsOf } from './upload.js'
import { writeCustomers } from './write-customers.js'
import { writeRegister } from './write-register.js'

/**
 * Does what the dry run showed: everything is looked at first, and nothing is done while one row has a problem. What a crash
 * leaves undone is done by applying again: what came in stands under ids that follow from its rows.
 */
export async function applyImport(context: Context, id: string): Promise<Import> {
  const found = await importById(id)
  if (found.state !== 'ready' && found.state !== 'applying') throw new Refused('import-closed')
  return inTurn(found, () => apply(context, id))
}

async function apply(context: Context, id: string): Promise<Import> {
  const found = await importById(id)
  const { plan, spelled } = await plannedNow(context, found)
  const counts = countRows(plan.rows)
  // The figures of the first beginning: after a crash, what is there already would count as unchanged.
  const first = found.state === 'applying' && found.counts ? found.counts : counts
  const begun = await moveImport(
    id,
    ['ready', 'applying'],
    { state: 'applying', counts: first },
    { at: context.now, by: context.actor, event: 'import.begun', facts: { counts: first } },
  )
  if (!begun) throw new Refused('import-closed')
  await record(ImportModel, begun)
  const restorable = await keepBefore(id, plan)
  if (plan.register === 'register') await writeRegister(context, id, plan)
  else await writeCustomers(context, id, plan)
  const created = createdBy(id, plan)
  await rememberAliases(found.register, aliasesIn(id, plan, spelled))
  const applied = await moveImport(
    id,
    ['applying'],
    // What was corrected in the file stands in the register now, and with the import no longer.
    { state: 'applied', appliedAt: context.now, created, restorable, choices: withoutTexts(found.choices) },
    {
      at: context.now,
      by: context.actor,
      event: 'import.applied',
      facts: { counts: first, created: created.length },
    },
  )
  if (!applied) throw new Refused('import-closed')
  await record(ImportModel, applied)
  await Promise.all([dropSheets(id), giveTurn(found.register, id)])
  return applied
}

/** As it stands while no other import writes. Throws `Refused` where a row has a problem, and lets others go on. */
async function plannedNow(
  context: Context,
  found: Import,
): Promise<{ plan: Plan; spelled: ReadonlyMap<number, string> }> {
  try {
    // The sheets are not held on to while what was planned is written.
    const { plan, spelled } = await sheetsOf(found).then(async ({ sheets }) => ({
      plan: await dryRun(context, found, sheets),
      spelled: spelledBy(found, sheets),
    }))
    const { problem } = countRows(plan.rows)
    if (problem > 0) throw new Refused('import-has-problems', { count: problem })
    return { plan, spelled }
  } catch (error) {
    if (found.state === 'ready') await giveTurn(found.register, found._id)
    throw error
  }
}

/** What stands in the register under ids of this import, whichever attempt brought it there. */
export function createdBy(id: string, plan: Plan): { kind: CreatedKind; id: string }[] {
  const brought = (
    kind: CreatedKind,
    planned: readonly { key: string; existing: { _id: string } | null }[],
  ) =>
    planned.flatMap(({ key, existing }) => {
      const own = idFor(id, kind, key)
      return existing === null || existing._id === own ? [{ kind, id: own }] : []
    })
  if (plan.register === 'customers') return brought('customer', plan.customers)
  return [...brought('vendor', plan.vendors), ...brought('engagement', plan.engagements)]
}

/** How the file writes the names of rows of which a person said what they are, by corrected name or by choice. */
function spelledBy({ register, mapping, choices }: Import, sheets: readonly Sheet[]): Map<number, string> {
  const sheet = sheets.find(({ name }) => name === mapping.sheet)
  const field = neededField[register]
  const letter = lettersOf(mapping.columns.indexOf(field) + 1)
  const said = new Set(
    choices.flatMap(({ row, whole, cells }) =>
      (whole !== undefined && whole !== asNew) || cells?.[letter] ? [row] : [],
    ),
  )
  const rows = sheet && said.size > 0 ? rowsBelow(sheet, mapping) : []
  return new Map(
    rows.flatMap(({ number, cells }) => {
      const name = cells.get(field)?.text
      return said.has(number) && name !== undefined ? [[number, plainName(name)] as const] : []
    }),
  )
}

/** Plain names as the file has them, and the records they were taken for: the next file need not be corrected again. */
function aliasesIn(id: string, plan: Plan, spelled: ReadonlyMap<number, string>): Map<string, string> {
  if (spelled.size === 0) return new Map()
  const [kind, planned] =
    plan.register === 'register'
      ? (['vendor', plan.vendors] as const)
      : (['customer', plan.customers] as const)
  const ids = new Map(planned.map(({ row, key, existing }) => [row, existing?._id ?? idFor(id, kind, key)]))
  return new Map(
    plan.rows.flatMap(({ number, group, verdict }) => {
      const [name, record] = [spelled.get(number), ids.get(group)]
      return name !== undefined && record !== undefined && verdict !== 'out' ? [[name, record] as const] : []
    }),
  )
}
