import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { removeFile } from '../../files/actions.js'
import { engagementsByIds, vendorsByIds } from '../../register/actions.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import { idFor, type CreatedKind } from '../rules/import.js'
import { countRows } from '../rules/plan.js'
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
  const { sheets } = await sheetsOf(found)
  const plan = await dryRun(context, found.register, sheets, found.mapping)
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
  const created = await createdBy(id, plan)
  const applied = await moveImport(
    id,
    ['applying'],
    { state: 'applied', appliedAt: context.now, created, file: null },
    {
      at: context.now,
      by: context.actor,
      event: 'import.applied',
      facts: { counts: first, created: created.length },
    },
  )
  if (!applied) throw new Refused('import-closed')
  await record(ImportModel, applied)
  if (found.file !== null) await removeFile(found.file)
  return applied
}

/** What stands in the register under ids of this import, whichever attempt brought it there. */
async function createdBy(id: string, plan: Plan): Promise<{ kind: CreatedKind; id: string }[]> {
  if (plan.register === 'customers') {
    const ids = plan.customers.map(({ key }) => idFor(id, 'customer', key))
    return (await customersByIds(ids)).map(({ _id }) => ({ kind: 'customer', id: _id }))
  }
  const [vendors, engagements] = await Promise.all([
    vendorsByIds(plan.vendors.map(({ key }) => idFor(id, 'vendor', key))),
    engagementsByIds(plan.engagements.map(({ key }) => idFor(id, 'engagement', key))),
  ])
  return [
    ...vendors.map(({ _id }) => ({ kind: 'vendor' as const, id: _id })),
    ...engagements.map(({ _id }) => ({ kind: 'engagement' as const, id: _id })),
  ]
}
