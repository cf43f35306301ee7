import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { moveRecipient, Recipients } from '../records/recipients.js'
import { hold, holdUnread, permitted, release, releaseRead, type Release } from '../rules/outcome.js'
import { groundOf } from '../rules/permission.js'
import { everObjected, type Recipient } from '../rules/recipient.js'
import { decideFor, moveOf } from './move.js'
import { payOwed } from './owed.js'

/**
 * Permits lines for this customer from a day. `recipient` as the caller judged it: if it has moved since, an objection may have come,
 * and nothing is permitted (null). The move comes first and the register's intervals after it, since an interval is evidence of a
 * permission: none may stand there that lost this race. A crash between the two is made good by `finishOwed`.
 */
export async function permit(
  context: Context,
  recipient: Recipient,
  { lines, from }: { lines: readonly string[]; from: Day },
): Promise<Recipient | null> {
  const change = permitted(recipient, lines, from)
  if (!change) return null
  const decision = {
    change,
    event: 'permitted',
    facts: { lines: [...lines], from, ...groundsOf(recipient, lines) },
  }
  const moved = await moveRecipient(recipient, change, moveOf(context, recipient, decision))
  if (!moved) return null
  await record(Recipients, moved)
  return payOwed(context, moved)
}

/** For the log: what each line rests on, and for silence until which day nothing was received. */
function groundsOf(recipient: Recipient, lines: readonly string[]): Record<string, unknown> {
  const those = recipient.lines.filter(({ line }) => lines.includes(line))
  const grounds = those.map(groundOf)
  const waived = those.filter(({ answer }) => answer?.waivesRest).map(({ line }) => line)
  const silent = grounds.includes('no-objection') && !everObjected(recipient)
  return {
    grounds,
    ...(waived.length > 0 ? { waived } : {}),
    ...(silent ? { noObjectionReceivedBy: recipient.lastDay } : {}),
  }
}

/** From now on nothing is permitted or used for this customer until the objection is settled. Returns it as it then is. */
export async function holdForObjection(context: Context, id: string, objection: string): Promise<Recipient> {
  const { recipient } = await decideFor(context, id, (recipient) => {
    const change = hold(recipient, objection)
    return change && { change, event: 'held', facts: { objection } }
  })
  return recipient
}

/** What the objection's outcome means for the recipient; see `release`. `from` is today unless said. */
export async function releaseObjection(
  context: Context,
  id: string,
  objection: string,
  outcome: Release,
  from: Day = context.today,
): Promise<Recipient> {
  const { recipient } = await decideFor(context, id, (recipient) => {
    const change = release(recipient, objection, outcome, from)
    return (
      change && { change, event: outcome === 'cleared' ? 'released' : outcome, facts: { objection, from } }
    )
  })
  return payOwed(context, recipient)
}

/** From now on nothing is permitted or used for this customer until somebody has read its reply as what it is. */
export async function holdForReply(context: Context, id: string, reply: string): Promise<Recipient> {
  const { recipient } = await decideFor(context, id, (recipient) => {
    const change = holdUnread(recipient, reply)
    return change && { change, event: 'held-for-reply', facts: { reply } }
  })
  return recipient
}

/** The reply has been read; what it was is kept with it. Permitted from today at the earliest. */
export async function releaseReply(context: Context, id: string, reply: string): Promise<Recipient> {
  const { recipient } = await decideFor(context, id, (recipient) => {
    const change = releaseRead(recipient, reply, context.today)
    return change && { change, event: 'reply-read', facts: { reply, from: context.today } }
  })
  return payOwed(context, recipient)
}
