import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { approvalsHeld, approve } from '../../register/actions.js'
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
    await approve(
      context,
      added.map((customer) => ({
        customer,
        engagement: line.engagement,
        from: day,
        notice: notice.reference,
        kind: 'no-objection' as const,
      })),
    )
    // Nothing was permitted by a move of theirs: they were only told.
    const about = { kind: 'engagement', id: line.engagement }
    const facts = { notice: notice.reference, from: day, of: added }
    await recordEvent(context, 'engagement.listed-for-informed', about, facts)
  }
}
