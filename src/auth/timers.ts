import type { Context } from '../base/context.js'
import { removeOldCodes } from './records/codes.js'
import { removeEndedSessions } from './records/sessions.js'
import { removeEndedTickets } from './records/tickets.js'
import { idleSince } from './rules.js'

/** Removes sessions that ended and links for one use that ran out: neither is let in any more, used or not. */
export async function removeEnded({ now }: Context): Promise<Record<string, number>> {
  return {
    sessions: await removeEndedSessions(now, idleSince(now)),
    tickets: await removeEndedTickets(now),
    // Kept for two days: a page that was left open says what became of it.
    codes: await removeOldCodes(new Date(now.getTime() - 2 * 86_400_000)),
  }
}
