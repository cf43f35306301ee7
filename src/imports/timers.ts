import type { Context } from '../base/context.js'
import { Refused } from '../base/errors.js'
import { discardImport } from './actions/upload.js'
import { dropBefore, keyOf } from './actions/before.js'
import { findImport, importsWaitingSince, noteNotRestorable, restorableSince } from './records.js'
import { dropPacked, isKeptSince, packedIds } from './records/rows.js'
import type { ImportState } from './rules/import.js'

// The rows of a file hold names and addresses: what nobody has gone on with in two weeks is not kept.
const keptFor = 14 * 86_400_000

/** Discards uploads that wait for nobody any more, as if by hand: logged, and their rows deleted. */
export async function discardAbandoned(context: Context): Promise<Record<string, number>> {
  const waiting = await importsWaitingSince(new Date(context.now.getTime() - keptFor))
  let discarded = 0
  for (const { _id } of waiting)
    try {
      await discardImport(context, _id)
      discarded += 1
    } catch (error) {
      // Somebody went on with it, or discarded it, at this moment.
      if (!(error instanceof Refused)) throw error
    }
  return { discarded, forgotten: (await forgetBefore(context)) + (await forgetLeftOver()) }
}

// Old values of records hold names and addresses as well: after a quarter of a year nobody undoes a list as a whole.
const restorableFor = 92 * 86_400_000

async function forgetBefore({ now }: Context): Promise<number> {
  const old = await restorableSince(new Date(now.getTime() - restorableFor))
  for (const { _id } of old) {
    await dropBefore(_id)
    await noteNotRestorable(_id)
  }
  return old.length
}

const needRows: ImportState[] = ['ready', 'applying', 'undoing']

/** What a kill left of an import that is over, or that never came to be: it holds names and addresses as well. */
async function forgetLeftOver(): Promise<number> {
  let forgotten = 0
  for (const key of await packedIds()) {
    const [id = ''] = key.split('/')
    const found = await findImport(id)
    const goesBack = key === keyOf(id) && found?.state === 'applied' && found.restorable === true
    if (goesBack || (found && needRows.includes(found.state))) continue
    // The rows are kept before their import is, so the youngest may be of one that just begins.
    if (!(await isKeptSince(key, new Date(Date.now() - aDay)))) continue
    await dropPacked(key)
    forgotten += 1
  }
  return forgotten
}

const aDay = 86_400_000
