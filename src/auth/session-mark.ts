import type { Session } from './request.js'
import { tokenHash } from './tokens.js'

/** Names a session on a page without giving its stored key away. */
export function sessionMark(session: Pick<Session, '_id'>): string {
  return tokenHash(session._id).slice(0, 16)
}
