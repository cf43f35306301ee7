import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import { idFor, type CreatedKind } from '../rules/import.js'
import { countRows } from '../rules/plan.js'
import { dropSheets } from './kept.js'
import { dryRun, type Plan } from './plan.js'
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
  // The sheets are not held on to while what was planned is written.
  const plan = await sheetsOf(found).then(({ sheets }) => dryRun(context, found, sheets))
  const counts = countRows(plan.rows)
  if (counts.problem > 0) throw new Refused('import-has-problems', { count: counts.problem })
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
  if (plan.register === 'register') await writeRegister(context, id, plan)
  else await writeCustomers(context, id, plan)
  const created = createdBy(id, plan)
  const applied = await moveImport(
    id,
    ['applying'],
    { state: 'applied', appliedAt: context.now, created },
    {
      at: context.now,
      by: context.actor,
      event: 'import.applied',
      facts: { counts: first, created: created.length },
    },
  )
  if (!applied) throw new Refused('import-closed')
  await record(ImportModel, applied)
  await dropSheets(id)
  return applied
}

/** What stands in the register under ids of this import, whichever attempt brought it there. */
function createdBy(id: string, plan: Plan): { kind: CreatedKind; id: string }[] {
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
