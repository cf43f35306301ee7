import type { Day } from '../../base/day.js'
import { findCustomersByIds } from '../../customers/records/customers.js'
import { ApprovalModel } from '../../register/records/approval-schema.js'
import type { Approval } from '../../register/rules.js'

const together = 1000

/** Approvals of one engagement that held on some day of the period, with whose they are, some at a time. */
export async function* approvalsThrough(
  engagement: string,
  from: Day,
  to: Day,
): AsyncGenerator<{ approval: Approval; customer: string }[]> {
  let rows: Approval[] = []
  const through = { engagement, from: { $lte: to }, to: { $not: { $lte: from } } }
  const fields = { customer: 1, from: 1, to: 1, kind: 1, notice: 1, endedBy: 1 }
  for await (const row of ApprovalModel.find(through, fields)
    .lean<Approval[]>()
    .cursor({ batchSize: together })) {
    rows.push(row as Approval)
    if (rows.length < together) continue
    yield await named(rows)
    rows = []
  }
  if (rows.length > 0) yield await named(rows)
}

async function named(rows: readonly Approval[]): Promise<{ approval: Approval; customer: string }[]> {
  const customers = await findCustomersByIds(rows.map(({ customer }) => customer))
  const references = new Map(customers.map(({ _id, reference }) => [_id, reference]))
  return rows.map((approval) => ({ approval, customer: references.get(approval.customer) ?? '' }))
}
