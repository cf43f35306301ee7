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
  parentsAmong,
  removeUnusedEngagements,
  removeUnusedVendors,
} from '../../register/records.js'
import { ImportModel, moveImport, type Import } from '../records.js'
import type { CreatedKind } from '../rules/import.js'
import { importById } from './upload.js'

/**
 * Takes out again what the import created and nobody has changed or used since; what it changed stays changed. The log keeps
 * that it was there. Repeatable: what is gone is gone.
 */
export async function undoImport(context: Context, id: string): Promise<Import> {
  const { created, state } = await importById(id)
  if (state !== 'applied') throw new Refused('import-not-applied')
  const of = (kind: CreatedKind) => created.filter((each) => each.kind === kind).map((each) => each.id)
  const [engagements, vendors, customers] = [of('engagement'), of('vendor'), of('customer')]
  await removeUnusedEngagements(await unusedEngagements(engagements))
  await removeUnusedVendors(await unusedVendors(vendors))
  await removeUnusedCustomers(await unusedCustomers(customers))
  const left = [
    ...(await engagementsByIds(engagements)).map(({ _id }) => ({ kind: 'engagement' as const, id: _id })),
    ...(await vendorsByIds(vendors)).map(({ _id }) => ({ kind: 'vendor' as const, id: _id })),
    ...(await customersByIds(customers)).map(({ _id }) => ({ kind: 'customer' as const, id: _id })),
  ]
  const facts = { removed: created.length - left.length, left: left.length }
  const moved = await moveImport(
    id,
    ['applied'],
    { state: 'undone', left },
    { at: context.now, by: context.actor, event: 'import.undone', facts },
  )
  if (!moved) throw new Refused('import-not-applied')
  await record(ImportModel, moved)
  return moved
}

async function unusedEngagements(ids: readonly string[]): Promise<string[]> {
  const used = new Set(
    (
      await Promise.all([
        everApproved(ids),
        parentsAmong(ids),
        engagementsOnNotices(),
        askedForCopies('engagement', ids),
      ])
    ).flat(),
  )
  return ids.filter((id) => !used.has(id))
}

async function unusedVendors(ids: readonly string[]): Promise<string[]> {
  const [engaged, operators] = await Promise.all([engagementsOfAll(ids), operatorsAmong(ids)])
  const used = new Set([...engaged.map(({ vendor }) => vendor), ...operators])
  return ids.filter((id) => !used.has(id))
}

async function unusedCustomers(ids: readonly string[]): Promise<string[]> {
  const [told, without, asking] = await Promise.all([
    customersEverTold(ids),
    customersWithoutList(ids),
    askedForCopies('customer', ids),
  ])
  return without.filter((id) => !told.includes(id) && !asking.includes(id))
}
