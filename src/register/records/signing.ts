/** Who accepted an engagement with its list at signing. */
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import type { Approval } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'
import { customersNamed } from './customers.js'

/** The oldest first. `q`: customers whose name or number begins with it, the first few of them. */
export async function acceptedAtSigning(
  engagement: string,
  q: string,
  cursor: string | undefined,
  size: number,
): Promise<{ page: Page<Approval>; count: { count: number; capped: boolean } }> {
  const named = q === '' ? null : (await customersNamed(q)).map(({ _id }) => _id)
  const filter = {
    engagement,
    kind: 'baseline' as const,
    ...(named === null ? {} : { customer: { $in: named } }),
  }
  const [page, count] = await Promise.all([
    pageAfter(ApprovalModel, filter, { field: 'from', direction: 1 }, cursor, size),
    cappedCount(ApprovalModel, filter),
  ])
  return { page, count }
}
