import type { Day } from '../../base/day.js'
import { inOrderOfId } from '../../db/in-order-of-id.js'
import type { Approval } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'

/** Ids of the engagements that any of the customers has approved on the day. Grouped, which of 10,000 customers takes a third of `distinct`. */
export async function engagementsApprovedBy(customers: readonly string[], day: Day): Promise<string[]> {
  const found = await ApprovalModel.aggregate<{ _id: string }>([
    {
      $match: {
        customer: { $in: [...customers] },
        from: { $lte: day },
        $or: [{ to: null }, { to: { $gt: day } }],
      },
    },
    { $group: { _id: '$engagement' } },
  ])
  return found.map(({ _id }) => _id)
}

/** All of them, some at a time: for whoever takes everything along. */
export function everyApproval(): AsyncGenerator<Approval[]> {
  return inOrderOfId(ApprovalModel, {}, 2000)
}
