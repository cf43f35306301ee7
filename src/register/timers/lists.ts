import type { Context } from '../../base/context.js'
import { fillChangedAt } from '../../customers/records.js'
import { bringListsUpToDate, relist, vendorsAfter, vendorsOutOfStep } from '../records.js'

/** Approvals carry no version, so what a crash left out of step is found by looking a few vendors over each time, in turn. */
const lookedOver = 10
let last = ''

/** What the lists are found by, in step with the records: what was marked by its own change, and a few more in turn. */
export async function keepListsUpToDate({ today }: Context): Promise<Record<string, number>> {
  const listed = await bringListsUpToDate(today)
  const some = await vendorsAfter(last, lookedOver)
  last = some.length < lookedOver ? '' : (some.at(-1) ?? '')
  return { listed, repaired: await relist(some, today), dated: await fillChangedAt(500) }
}

/** Every entry against the versions it was made from: what is older than the lists, and what is gone. */
export async function compareLists({ today }: Context): Promise<Record<string, number>> {
  return { repaired: await relist(await vendorsOutOfStep(), today) }
}
