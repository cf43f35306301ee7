import { moveRecorded, mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { AffectedCustomers, caseByReference, UseCases } from '../records.js'
import type { AffectedCustomer, UseCase } from '../rules.js'

export async function caseOf(reference: string): Promise<UseCase> {
  const useCase = await caseByReference(reference)
  if (!useCase) throw new NotFound()
  return useCase
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export function moveTo(
  context: Context,
  useCase: UseCase,
  changes: Partial<UseCase>,
  said: Said,
): Promise<UseCase> {
  return mustMove(context, UseCases, useCase, changes, said)
}

/** The same for one customer of a case; null where somebody was quicker. */
export function moveCustomer(
  context: Context,
  affected: AffectedCustomer,
  changes: Partial<AffectedCustomer>,
  said: Said,
): Promise<AffectedCustomer | null> {
  const facts = { case: affected.caseReference, customer: affected.customerReference, ...said.facts }
  return moveRecorded(context, AffectedCustomers, affected, changes, { ...said, facts })
}
