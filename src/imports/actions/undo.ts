import { record } from '../../audit-log/actions.js'
import { logMissingMoves } from '../../audit-log/timers.js'
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
import type { CreatedKind, ImportState } from '../rules/import.js'
import { engagementsTiedTo, usedAmong } from '../records/used.js'
import { giveTurn } from '../records/turns.js'
import { createdBy } from './apply.js'
import { dropBefore, putBack } from './before.js'
import { dropSheets } from './kept.js'
import { dryRun } from './plan.js'
import { inTurn } from './turns.js'
import { importById, sheetsOf } from './upload.js'

/**
 * Takes out again what the import created and nobody has changed or used since, and puts back what it changed where nobody has
 * touched it since. The log keeps that it was there. One that broke off is undone as far as it came; an undoing that broke off is
 * done again: what is gone is gone.
 */
export async function undoImport(context: Context, id: string): Promise<Import> {
  const found = await importById(id)
  if (!mayBeUndone.includes(found.state)) throw new Refused('import-not-applied')
  return inTurn(found, async () => undo(context, await begun(context, id)))
}

const mayBeUndone: ImportState[] = ['applied', 'applying', 'undoing']

/** From here on it stands as what it is: neither done nor undone. What it brought is settled before the first of that goes. */
async function begun(context: Context, id: string): Promise<Import> {
  const found = await importById(id)
  if (found.state === 'undoing') return found
  // What a kill kept from the log is in it before its record is gone.
  await logMissingMoves()
  const created = found.state === 'applied' ? found.created : await broughtSoFar(context, found)
  const moved = await moveImport(
    id,
    ['applied', 'applying'],
    { state: 'undoing', created },
    { at: context.now, by: context.actor, event: 'import.undo-begun', facts: { created: created.length } },
    found.version,
  )
  if (!moved) throw new Refused('import-not-applied')
  await record(ImportModel, moved)
  return moved
}

async function undo(
  context: Context,
  { _id: id, register, created, moves, startedAt }: Import,
): Promise<Import> {
  const of = (kind: CreatedKind) => created.filter((each) => each.kind === kind).map((each) => each.id)
  // First, since what was changed may hang below what was created.
  const since = moves.find(({ event }) => event === 'import.begun')?.at ?? startedAt
  const { restored, kept } = await putBack(context, id, since)
  await removeUnusedEngagements(await unusedEngagements(of('engagement')))
  await removeUnusedVendors(await unusedVendors(of('vendor')))
  await removeUnusedCustomers(await unusedCustomers(of('customer')))
  const stayed = await thereOf(created)
  const left = [...kept, ...stayed]
  const facts = { removed: created.length - stayed.length, restored: restored.length, left: left.length }
  const moved = await moveImport(
    id,
    ['undoing'],
    { state: 'undone', left, restored, restorable: false, choices: [] },
    { at: context.now, by: context.actor, event: 'import.undone', facts },
  )
  if (!moved) throw new Refused('import-not-applied')
  await record(ImportModel, moved)
  await Promise.all([dropSheets(id), dropBefore(id), giveTurn(register, id)])
  return moved
}

/** What an import that broke off has brought in. */
async function broughtSoFar(context: Context, found: Import): Promise<Import['created']> {
  const { sheets } = await sheetsOf(found)
  return thereOf(createdBy(found._id, await dryRun(context, found, sheets)))
}

/** Those of them that are in the registers. */
async function thereOf(brought: Import['created']): Promise<Import['created']> {
  const of = (kind: CreatedKind) => brought.filter((each) => each.kind === kind).map((each) => each.id)
  const found: [CreatedKind, { _id: string }[]][] = [
    ['engagement', await engagementsByIds(of('engagement'))],
    ['vendor', await vendorsByIds(of('vendor'))],
    ['customer', await customersByIds(of('customer'))],
  ]
  return found.flatMap(([kind, records]) => records.map(({ _id }) => ({ kind, id: _id })))
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
