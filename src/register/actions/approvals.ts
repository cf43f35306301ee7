import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Customer } from '../../customers/rules.js'
import {
  approvalsOfAll,
  closeApprovals,
  countApproved,
  insertApprovals,
  listForAll,
  whileUnlisted,
} from '../records.js'
import { baselineRows, type Accepting, type NewApproval } from '../rules.js'
import { acceptedOf } from '../rules/continued.js'

/**
 * Opens approvals from their days on, for any number of customers and engagements. A repeat changes nothing. What comes of
 * a notice stands in the log with the notice's recipient; what was accepted at signing is logged here.
 */
export async function approve(context: Context, rows: readonly NewApproval[]): Promise<void> {
  for (const engagement of new Set(rows.map((row) => row.engagement))) {
    const those = rows.filter((row) => row.engagement === engagement)
    const written = await whileUnlisted([engagement], () => insertApprovals(those, context.today))
    const signed = those.filter(({ kind }) => kind === 'baseline')
    const baseline = signed.length
    if (written === 0 || baseline === 0) continue
    const about = { kind: 'engagement', id: engagement }
    await recordEvent(context, 'engagement.accepted-at-signing', about, {
      customers: Math.min(written, baseline),
      from: signed.map(({ from }) => from).toSorted()[0],
      // Ids, so that every customer's list on any day follows from the log alone.
      of: daysOf(signed),
    })
  }
}

/** By the day from which they hold. */
function daysOf(rows: readonly NewApproval[]): Record<Day, string[]> {
  const days: Record<Day, string[]> = {}
  for (const { from, customer } of rows) (days[from] ??= []).push(customer)
  return days
}

/**
 * Closes approvals of an engagement, of all customers or of those named. `to` is the first day it is no longer approved.
 * Where nothing is open on that day or later, nothing changes.
 */
export async function endApprovals(
  context: Context,
  {
    engagement,
    customers,
    to,
    notice,
  }: { engagement: string; customers?: string[]; to: Day; notice: string | null },
): Promise<void> {
  const closed = await whileUnlisted([engagement], () =>
    closeApprovals(engagement, customers, { to, notice, recordedOn: context.today }),
  )
  if (closed === 0) return
  const about = { kind: 'engagement', id: engagement }
  // By how many it still is approved then: with none left it is off the list of all customers together.
  const left = await countApproved(engagement, to)
  await recordEvent(context, 'engagement.approvals-ended', about, {
    customers: closed,
    to,
    notice,
    left,
    of: customers ?? 'all',
  })
}

/**
 * The list these customers accepted when they signed. A customer with a list of its own has only those of its services.
 * What a customer has approved already stays as it is.
 */
export async function acceptBaseline(
  context: Context,
  customers: readonly Accepting[],
  engagements: readonly { _id: string; services: readonly string[] }[],
): Promise<void> {
  for (let at = 0; at < customers.length; at += batchSize) {
    const some = customers.slice(at, at + batchSize)
    const held = await approvalsOfAll(some.map(({ id }) => id))
    await approve(context, baselineRows(some, engagements, held))
  }
}

/** Few enough for one question to the database. */
const batchSize = 1000

/**
 * A customer signs, or buys services: it accepts the list as it stands on that day. For the customers room, which stands
 * below this one and is handed it in `app.ts`.
 */
export async function acceptListAsSigned(
  context: Context,
  { customer, services, from }: { customer: Customer; services: readonly string[]; from: Day },
): Promise<void> {
  const list = acceptedOf(await listForAll(from), from)
  const engagements = list.map(({ engagement, content }) => ({ _id: engagement, services: content.services }))
  const { commonList } = customer.agreement
  await acceptBaseline(context, [{ id: customer._id, from, services, commonList }], engagements)
}
