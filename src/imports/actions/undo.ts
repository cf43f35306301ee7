import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { customersByIds } from '../../customers/actions.js'
import { removeUnusedCustomers } from '../../customers/records.js'
import { customersEverTold } from '../../notices/records/recipients.js'
import { engagementsOnNotices } from '../../notices/records/notices.js'
import { engagementsByIds, vendorsByIds } from '../../register/actions.js'
import {
  askedForCopies,
  customersWithoutList,
  engagementsOfAll,
  everApproved,
  operatorsAmong,
  removeUnusedEngagements,
  removeUnusedVendors,
} from '../../register/records.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import type { CreatedKind } from '../rules/import.js'
import { engagementsTiedTo, usedAmong } from '../records/used.js'
import { giveTurn } from '../records/turns.js'
import { createdBy } from './apply.js'
import { dropBefore, putBack } from './before.js'
import { dropSheets } from './kept.js'
import { dryRun } from './plan.js'
import { importById, sheetsOf } from './upload.js'

/**
 * Takes out again what the import created and nobody has changed or used since, and puts back what it changed where nobody has
 * touched it since. The log keeps that it was there. Repeatable: what is gone is gone. One that broke off is undone as far as it came.
 */
export async function undoImport(context: Context, id: string): Promise<Import> {
  const found = await importById(id)
  if (found.state !== 'applied' && found.state !== 'applying') throw new Refused('import-not-applied')
  const created = found.state === 'applied' ? found.created : await begunBy(context, found)
  const of = (kind: CreatedKind) => created.filter((each) => each.kind === kind).map((each) => each.id)
  const [engagements, vendors, customers] = [of('engagement'), of('vendor'), of('customer')]
  // First, since what was changed may hang below what was created.
  const { restored, kept } = await putBack(context, id)
  await removeUnusedEngagements(await unusedEngagements(engagements))
  await removeUnusedVendors(await unusedVendors(vendors))
  await removeUnusedCustomers(await unusedCustomers(customers))
  const left = [
    ...kept,
    ...(await engagementsByIds(engagements)).map(({ _id }) => ({ kind: 'engagement' as const, id: _id })),
    ...(await vendorsByIds(vendors)).map(({ _id }) => ({ kind: 'vendor' as const, id: _id })),
    ...(await customersByIds(customers)).map(({ _id }) => ({ kind: 'customer' as const, id: _id })),
  ]
  const stayed = left.length - kept.length
  const facts = { removed: created.length - stayed, restored: restored.length, left: left.length }
  const moved = await moveImport(
    id,
    ['applied', 'applying'],
    { state: 'undone', left, restored, created, restorable: false, choices: [] },
    { at: context.now, by: context.actor, event: 'import.undone', facts },
  )
  if (!moved) throw new Refused('import-not-applied')
  await record(ImportModel, moved)
  await Promise.all([dropSheets(id), dropBefore(id), giveTurn(found.register, id)])
  return moved
}

/** What an import that broke off may have brought in. */
async function begunBy(context: Context, found: Import): Promise<Import['created']> {
  const { sheets } = await sheetsOf(found)
  return createdBy(found._id, await dryRun(context, found, sheets))
}

/**
 * Those that nobody refers to and nobody has changed. One that hangs below another, or continues it, holds it; where it is taken out
 * itself, it does not.
 */
async function unusedEngagements(ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const tied = await engagementsTiedTo(ids)
  const own = new Set(ids)
  const vendors = [...new Set(tied.filter(({ _id }) => own.has(_id)).map(({ vendor }) => vendor))]
  const [broken, ...used] = await Promise.all([
    usedAmong('vendor', vendors),
    everApproved(ids),
    engagementsOnNotices(),
    askedForCopies('engagement', ids),
    usedAmong('engagement', ids),
  ])
  // What is recorded of a vendor, such as a breach, is about what it does for us.
  const held = new Set(broken)
  const kept = new Set([
    ...used.flat(),
    ...tied
      .filter(({ _id, version, vendor }) => !own.has(_id) || version > 1 || held.has(vendor))
      .map(({ _id }) => _id),
  ])
  for (let before = -1; before < kept.size;) {
    before = kept.size
    for (const { _id, parent, continues } of tied)
      if (kept.has(_id)) for (const above of [parent, continues]) if (above) kept.add(above)
  }
  return ids.filter((id) => !kept.has(id))
}

async function unusedVendors(ids: readonly string[]): Promise<string[]> {
  const [engaged, operators, elsewhere] = await Promise.all([
    engagementsOfAll(ids),
    operatorsAmong(ids),
    usedAmong('vendor', ids),
  ])
  const used = new Set([...engaged.map(({ vendor }) => vendor), ...operators, ...elsewhere])
  return ids.filter((id) => !used.has(id))
}

async function unusedCustomers(ids: readonly string[]): Promise<string[]> {
  const [without, ...used] = await Promise.all([
    customersWithoutList(ids),
    customersEverTold(ids),
    askedForCopies('customer', ids),
    usedAmong('customer', ids),
  ])
  const kept = new Set(used.flat())
  return without.filter((id) => !kept.has(id))
}
