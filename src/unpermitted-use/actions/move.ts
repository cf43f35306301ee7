import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { AffectedCustomers, caseByReference, moveAffected, moveCase, UseCases } from '../records.js'
import type { AffectedCustomer, UseCase } from '../rules.js'

type Told = { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> }

export async function caseOf(reference: string): Promise<UseCase> {
  const useCase = await caseByReference(reference)
  if (!useCase) throw new NotFound()
  return useCase
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  useCase: UseCase,
  changes: Partial<UseCase>,
  move: Told,
): Promise<UseCase> {
  const moved = await moveCase(useCase, changes, { at: context.now, by: context.actor, ...move })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(UseCases, moved)
  return moved
}

/** The same for one customer of a case; null where somebody was quicker. */
export async function moveCustomer(
  context: Context,
  affected: AffectedCustomer,
  changes: Partial<AffectedCustomer>,
  move: Told,
): Promise<AffectedCustomer | null> {
  const facts = { case: affected.caseReference, customer: affected.customerReference, ...move.facts }
  const moved = await moveAffected(affected, changes, { at: context.now, by: context.actor, ...move, facts })
  if (moved) await record(AffectedCustomers, moved)
  return moved
}
