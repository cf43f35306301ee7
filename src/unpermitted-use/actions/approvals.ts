import type { Context } from '../../base/context.js'
import { approvalsOfEngagement } from '../../register/actions.js'
import { affectedUnapproved } from '../records.js'
import type { UseCase } from '../rules.js'
import { moveCustomer } from './move.js'

const batch = 200

/** Customers of the case that have approved it since: by a notice that was sent, or as staff registered it. */
export async function noteApprovals(context: Context, useCase: UseCase): Promise<number> {
  let noted = 0
  for (let after = ''; ;) {
    const waiting = await affectedUnapproved(useCase._id, after, batch)
    const last = waiting.at(-1)
    if (!last) return noted
    after = last._id
    const approvals = await approvalsOfEngagement(
      useCase.engagement,
      waiting.map(({ customer }) => customer),
    )
    for (const affected of waiting) {
      const since = approvals
        .filter(
          ({ customer, from, to }) =>
            customer === affected.customer && from > affected.since && from <= context.today && to === null,
        )
        .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0]
      if (!since) continue
      const { from: approvedFrom, notice: approvedBy } = since
      const moved = await moveCustomer(
        context,
        affected,
        { approvedFrom, approvedBy },
        {
          event: 'unpermitted-customer.approved-since',
          facts: { approvedFrom, notice: approvedBy },
        },
      )
      if (moved) noted += 1
    }
  }
}
