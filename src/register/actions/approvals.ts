import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import {
  approvalDays,
  approvalsOfAll,
  countApproved,
  countOpen,
  insertApprovals,
  listForAll,
  missingApprovals,
  whileUnlisted,
} from '../records.js'
import { baselineRows, daysHeld, wentOff, type Accepted, type Accepting, type NewApproval } from '../rules.js'
import { acceptedOf } from '../rules/continued.js'
import { acceptedIn, endedIn, inParts, openingsOf, type Opening, type Saying } from '../rules/writing.js'
import { writeAfter, writeAsOne } from './writings.js'

/** Few enough for one record of what is to be written: each is some 80 bytes of it. */
const mostAsOne = 20_000

/**
 * Opens approvals from their days on, for any number of customers and engagements. A repeat changes nothing. What comes of
 * a notice stands in the log with the notice's recipient; what was accepted at signing is logged here.
 */
export async function approve(context: Context, rows: readonly NewApproval[]): Promise<void> {
  const told = rows.filter(({ kind }) => kind !== 'baseline')
  for (const engagement of new Set(told.map((row) => row.engagement))) {
    const those = told.filter((row) => row.engagement === engagement)
    await whileUnlisted([engagement], () => insertApprovals(those, context.today))
  }
  const signed = rows.filter(({ kind }) => kind === 'baseline')
  for (const part of inParts(signed, mostAsOne)) {
    const missing = await missingApprovals(part)
    if (missing.length > 0) await writeAsOne(context, await acceptedWith(missing))
  }
}

async function acceptedWith(rows: readonly NewApproval[]): Promise<{ opens: Opening[]; says: Saying[] }> {
  const opens = openingsOf(rows)
  const ended = await Promise.all(opens.map(overAlready))
  return { opens, says: [...opens.map(acceptedIn), ...ended.flat()] }
}

async function overAlready({ engagement, notice, of, to }: Opening): Promise<Saying[]> {
  if (to === undefined) return []
  const customers = Object.values(of).flat()
  const closing = { engagement, customers, to, notice, held: customers.length }
  return [endedIn(closing, await countApproved(engagement, to))]
}

/**
 * Opens approvals of those who were only told, because one list is common to all: no move of theirs permits it, so it is logged here.
 * A repeat changes nothing.
 */
export async function listForTold(
  context: Context,
  engagement: string,
  customers: readonly string[],
  { from, notice }: { from: Day; notice: string },
): Promise<void> {
  const rows = customers.map((customer): NewApproval => ({
    customer,
    engagement,
    from,
    notice,
    kind: 'no-objection',
  }))
  const about = { kind: 'engagement' as const, id: engagement }
  const said = { event: 'engagement.listed-for-informed', about, facts: { notice, from, of: [...customers] } }
  await writeAsOne(context, { opens: openingsOf(rows), says: [said] })
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
  const held = await countOpen(engagement, customers, to)
  if (held === 0) return
  const closing = { engagement, customers: customers ?? null, to, notice, held }
  await writeAsOne(context, { closes: [closing] })
}

/**
 * The list these customers accepted when they signed. A customer with a list of its own has only those of its services.
 * What a customer has approved already stays as it is.
 */
export async function acceptBaseline(
  context: Context,
  customers: readonly Accepting[],
  engagements: readonly Accepted[],
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
 * A customer signs, or buys services: it accepts the list as it stands on that day, with the purchase or not at all. Where that is
 * entered late, what has gone off everybody's list since is off this one from the same day. For the customers room, which stands
 * below this one and is handed it in `app.ts`. `buy`: records the purchase.
 */
export async function acceptListAsSigned<Bought>(
  context: Context,
  { customer, services, from }: { customer: SigningCustomer; services: readonly string[]; from: Day },
  buy: () => Promise<Bought>,
): Promise<Bought> {
  const list = acceptedOf(await listForAll(from), from)
  const held = await approvalDays(list.map(({ engagement }) => engagement))
  const engagements = list.map(({ engagement, content }) => ({
    _id: engagement,
    services: content.services,
    ...wentOff(daysHeld(held.get(engagement) ?? []), from),
  }))
  const { _id: id, agreement } = customer
  const accepting = [{ id, from, services, commonList: agreement.commonList }]
  const rows = baselineRows(accepting, engagements, await approvalsOfAll([id]))
  if (rows.length === 0) return buy()
  const only = { customer: id, services, from }
  const key = [id, ...services, from].join('/')
  const bought = await writeAfter(context, key, { ...(await acceptedWith(rows)), only }, buy)
  return bought as Bought
}

type SigningCustomer = { _id: string; agreement: { commonList: boolean } }
