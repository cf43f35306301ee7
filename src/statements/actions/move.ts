import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { vendorsByIds } from '../../register/actions.js'
import type { Vendor } from '../../register/rules.js'
import { keepListing, statementByReference, Statements, statementsOfVendor } from '../records.js'
import { listingOf, succeededAmong, type Change, type Statement } from '../rules.js'

export async function statementOf(reference: string): Promise<Statement> {
  const statement = await statementByReference(reference)
  if (!statement) throw new NotFound()
  return statement
}

export async function vendorOfStatement({ vendor }: Pick<Statement, 'vendor'>): Promise<Vendor> {
  const [found] = await vendorsByIds([vendor])
  if (!found) throw new NotFound()
  return found
}

/**
 * One move with its entry in the log, and what lists find it by in the same update. Throws `Refused('changed-meanwhile')` where
 * somebody was quicker, or where `seen` is not the version that was looked at.
 */
export async function moveTo(
  context: Context,
  statement: Statement,
  changes: Change & { once?: string | null },
  said: Said,
): Promise<Statement> {
  const { name } = await vendorOfStatement(statement)
  const after = { ...statement, ...changes }
  const others = await statementsOfVendor(statement.vendor)
  const succeeded = succeededAmong(others.map((each) => (each._id === after._id ? after : each)))
  const listing = listingOf(after, name, succeeded.has(statement._id))
  const moved = await mustMove(context, Statements, statement, { ...changes, ...listing }, said)
  await relist(statement.vendor, name)
  return moved
}

/** A later statement of a kind takes the wait for it off the earlier ones. */
async function relist(vendor: string, name: string): Promise<void> {
  const all = await statementsOfVendor(vendor)
  const succeeded = succeededAmong(all)
  for (const each of all) await keepListing(each._id, listingOf(each, name, succeeded.has(each._id)))
}

export function refuseUnseen(statement: Statement, seen: number): void {
  if (statement.version !== seen) throw new Refused('changed-meanwhile')
}
