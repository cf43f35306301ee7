/** A changed engagement takes the place of the one it continues, customer by customer. */
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import {
  approvalsHeld,
  endApprovals,
  endContinued,
  listForTold,
  resumeApprovals,
} from '../../register/actions.js'
import { noteOwedPaid, recipientBatches } from '../records/recipients.js'
import { isContinued, type Line, type Notice } from '../rules/notice.js'
import type { Recipient } from '../rules/recipient.js'

/**
 * From the day the changed one is used for a customer, the one it continues is off that customer's list. Who refused, objected or
 * was exempted keeps it. Nothing is deleted: it is the same vendor, with the same data.
 */
export async function endSucceeded(
  context: Context,
  notice: Notice,
  recipients: readonly Recipient[],
): Promise<void> {
  for (const line of notice.lines.filter(isContinued)) {
    const byDay = new Map<Day, string[]>()
    for (const { customer, lines } of recipients) {
      const since = lines.find((part) => part.line === line.id)?.inUseSince
      if (since) byDay.set(since, [...(byDay.get(since) ?? []), customer])
    }
    for (const [to, customers] of byDay)
      await endApprovals(context, {
        engagement: line.replaces ?? '',
        customers,
        to,
        notice: notice.reference,
      })
  }
  await noteOwedPaid(recipients.map((recipient) => ({ recipient, owed: 'succession' })))
}

/**
 * For whom the change turns out not to be made, though its use had begun (an objection came later, and the customer is exempted): it
 * has the earlier one again from the day on. Nothing was deleted: it is the same vendor, with the same data.
 */
export async function resumeEarlier(
  context: Context,
  notice: Notice,
  recipients: readonly Recipient[],
  from: Day,
): Promise<void> {
  const kept = recipients.filter(({ state }) => state === 'exempted' || state === 'withdrawn')
  for (const line of notice.lines.filter(isContinued)) {
    const customers = kept
      .filter(({ lines }) => lines.some((part) => part.line === line.id && part.inUseSince !== null))
      .map(({ customer }) => customer)
    if (customers.length > 0)
      await resumeApprovals(context, {
        engagement: line.replaces ?? '',
        customers,
        from,
        notice: notice.reference,
      })
  }
}

/**
 * Customers who do not buy the service and were merely told, because one list is common to all: theirs follows on the day of use. When
 * nobody has the earlier one any more, it ends. Repeats change nothing.
 */
export async function followThrough(context: Context, notice: Notice, line: Line, day: Day): Promise<void> {
  const { replaces, engagement } = line
  if (replaces === null || !isContinued(line)) return
  const told = { lines: { $elemMatch: { line: line.id, mode: 'information' } } }
  for await (const recipients of recipientBatches(notice._id, told)) {
    const customers = await approvalsHeld(
      recipients.map(({ customer }) => customer),
      replaces,
      day,
    )
    if (customers.length === 0) continue
    await listForTold(context, engagement, customers, { from: day, notice: notice.reference })
    await endApprovals(context, { engagement: replaces, customers, to: day, notice: notice.reference })
  }
  await endContinued(context, replaces, { successor: engagement, on: day, notice: notice.reference })
}
