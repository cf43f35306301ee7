import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { approvalsHeld, listForTold } from '../../register/actions.js'
import { recipientBatches } from '../records/recipients.js'
import type { Line, Notice } from '../rules/notice.js'

/**
 * Customers that do not buy the service and were told because one list is common to all (B.1 as one annex): what comes stands on
 * theirs from the day it is used for anybody. Repeats change nothing.
 */
export async function listForInformed(context: Context, notice: Notice, line: Line, day: Day): Promise<void> {
  const told = { lines: { $elemMatch: { line: line.id, mode: 'information' } }, state: 'told' }
  for await (const recipients of recipientBatches(notice._id, told)) {
    const customers = recipients
      .filter(({ agreement }) => agreement.commonList)
      .map(({ customer }) => customer)
    const held = new Set(await approvalsHeld(customers, line.engagement, day))
    const added = customers.filter((customer) => !held.has(customer))
    if (added.length === 0) continue
    await listForTold(context, line.engagement, added, { from: day, notice: notice.reference })
  }
}
