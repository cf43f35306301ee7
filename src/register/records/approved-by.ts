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

/** The engagements that each of some customers has approved on the day, by the customer's id. */
export async function approvedBy(customers: readonly string[], day: Day): Promise<Map<string, Set<string>>> {
  const approved = new Map<string, Set<string>>()
  const found = ApprovalModel.find({
    customer: { $in: [...customers] },
    from: { $lte: day },
    to: { $not: { $lte: day } },
  })
    .select({ _id: 0, customer: 1, engagement: 1 })
    .lean<Pick<Approval, 'customer' | 'engagement'>[]>()
  for (const { customer, engagement } of await found) {
    const those = approved.get(customer)
    if (those) those.add(engagement)
    else approved.set(customer, new Set([engagement]))
  }
  return approved
}

/** All of them, some at a time: for whoever takes everything along. */
export function everyApproval(): AsyncGenerator<Approval[]> {
  return inOrderOfId(ApprovalModel, {}, 2000)
}

/** Which of the customers have the engagement approved on the day. */
export async function approvingAmong(
  engagement: string,
  customers: readonly string[],
  day: Day,
): Promise<string[]> {
  const found = await ApprovalModel.find({
    customer: { $in: [...customers] },
    engagement,
    from: { $lte: day },
    to: { $not: { $lte: day } },
  })
    .select({ _id: 0, customer: 1 })
    .lean<Pick<Approval, 'customer'>[]>()
  return found.map(({ customer }) => customer)
}
