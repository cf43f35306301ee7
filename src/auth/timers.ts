import type { Context } from '../base/context.js'
import { removeOldCodes } from './records/codes.js'
import { removeEndedSessions } from './records/sessions.js'
import { removeEndedTickets } from './records/tickets.js'
import { removeEndedTries } from './records/tries.js'
import { idleSince } from './rules.js'

/** Removes sessions that ended, links for one use that ran out, and tries that count no more: none of them changes who is let in. */
export async function removeEnded({ now }: Context): Promise<Record<string, number>> {
  return {
    sessions: await removeEndedSessions(now, idleSince(now)),
    tickets: await removeEndedTickets(now),
    tries: await removeEndedTries(now),
    // Kept for two days: a page that was left open says what became of it.
    codes: await removeOldCodes(new Date(now.getTime() - 2 * 86_400_000)),
  }
}
