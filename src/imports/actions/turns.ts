import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { findImport, type Import } from '../records.js'
import { takeOverTurn, takeTurn } from '../records/turns.js'

/** Longer than any import takes to look at its rows before it begins to write. */
const longEnough = 10 * 60_000

/**
 * Until the turn is given, no other import writes into the register: what is planned is planned on what stands there. One that broke
 * off while it wrote keeps its turn until somebody finishes or undoes it. Throws `Refused`.
 */
export async function waitForNobody({ now }: Context, { _id, register }: Import): Promise<void> {
  const other = await takeTurn(register, _id, now)
  if (other === null) return
  const holder = other.import === '' ? null : await findImport(other.import)
  const over =
    holder?.state !== 'applying' &&
    (holder?.state !== 'ready' || now.getTime() - other.at.getTime() > longEnough)
  if (holder && over && (await takeOverTurn(register, holder._id, _id, now))) return
  throw new Refused('import-other-writing', { name: holder?.fileName ?? '–' })
}
