import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { insertTicket, openTicket, useTicket, voidTickets, type Ticket } from '../records/tickets.js'
import { secondStepMinutes } from '../rules.js'
import { newToken, tokenHash } from '../tokens.js'

type Link = Exclude<Ticket['kind'], 'second-step'>

// The set-up link is printed anew at each start, so it may live as long as a start does; an invitation waits a week.
const days: Record<Link, number> = { 'set-up': 365, 'set-password': 7 }

/** Makes the token of a link that serves once. A person's earlier ones serve no more. */
export async function giveTicket(context: Context, kind: Link, person: string | null): Promise<string> {
  const token = newToken()
  if (person) await voidTickets(kind, person)
  await insertTicket({
    _id: tokenHash(token),
    kind,
    person,
    madeAt: context.now,
    endsAt: new Date(context.now.getTime() + days[kind] * 86_400_000),
    usedAt: null,
  })
  await recordEvent(context, 'ticket.made', { kind: 'person', id: person ?? 'first' }, { ticket: kind })
  return token
}

/** Looks without using it up. */
export async function ticketFor(token: string, kind: Ticket['kind'], now: Date): Promise<Ticket | null> {
  return token.length > 100 ? null : openTicket(tokenHash(token), kind, now)
}

/** Of two who come with the same token, one gets it. */
export async function takeTicket(token: string, kind: Ticket['kind'], now: Date): Promise<Ticket | null> {
  return useTicket(tokenHash(token), kind, now)
}

/** A password was right; what its browser keeps until the code is given. Others begun at the same time go on. */
export async function giveSecondStep(context: Context, person: string): Promise<string> {
  const token = newToken()
  await insertTicket({
    _id: tokenHash(token),
    kind: 'second-step',
    person,
    madeAt: context.now,
    endsAt: new Date(context.now.getTime() + secondStepMinutes * 60_000),
    usedAt: null,
  })
  await recordEvent(context, 'person.code-awaited', { kind: 'person', id: person })
  return token
}

export async function secondStepFor(token: string, now: Date): Promise<Ticket | null> {
  return ticketFor(token, 'second-step', now)
}

/** Of two who come with the same one, one gets in. */
export async function endSecondStep(token: string, now: Date): Promise<boolean> {
  return (await takeTicket(token, 'second-step', now)) !== null
}
