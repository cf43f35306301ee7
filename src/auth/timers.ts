import type { Context } from '../base/context.js'
import { removeEndedSessions } from './records/sessions.js'
import { removeEndedTickets } from './records/tickets.js'
import { idleSince } from './rules.js'

/** Removes sessions that ended and links for one use that ran out: neither is let in any more, used or not. */
export async function removeEnded({ now }: Context): Promise<Record<string, number>> {
  return {
    sessions: await removeEndedSessions(now, idleSince(now)),
    tickets: await removeEndedTickets(now),
  }
}
