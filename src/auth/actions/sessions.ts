import type { RequestHandler } from 'express'
import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { personOf, type PersonRecord } from '../records/people.js'
import {
  insertSession,
  noteSeen,
  removeSession,
  removeSessionsOf,
  sessionsOf,
  sessionWithPerson,
} from '../records/sessions.js'
import type { Person, Session } from '../request.js'
import { sessionEnd, sessionHolds, worthNoting } from '../rules.js'
import { sessionMark } from '../session-mark.js'
import { newToken, tokenHash } from '../tokens.js'
import { secondFactorIsDue } from './second-factor-for.js'

export const sessionCookie = 'tilsyn_session'

/** Puts person and session on the request, if its cookie is one of a session that holds. */
export const recognise: RequestHandler = async (req, _res, next) => {
  const token: unknown = req.cookies?.[sessionCookie]
  if (typeof token === 'string' && token.length <= 100) {
    const now = req.house.clock()
    const { session, person } = (await sessionWithPerson(tokenHash(token))) ?? {}
    if (session && sessionHolds(session, now) && person?.state === 'active') {
      if (worthNoting(session.lastSeenAt, now)) await noteSeen(session._id, now)
      req.person = personOf(person)
      req.session = session
    }
  }
  next()
}

/** What the cookie of a new session holds; the database has only its hash. */
export async function startSession(
  context: Context,
  person: Pick<Person, '_id'>,
  browser: string,
): Promise<string> {
  const token = newToken()
  await insertSession({
    _id: tokenHash(token),
    person: person._id,
    startedAt: context.now,
    lastSeenAt: context.now,
    endsAt: sessionEnd(context.now),
    browser: browser.slice(0, 300),
    secondFactorDue: await secondFactorIsDue(person._id),
  })
  await recordEvent(context, 'person.signed-in', { kind: 'person', id: person._id })
  return token
}

export async function signOut(context: Context, session: Session): Promise<void> {
  if (await removeSession(session.person, session._id))
    await recordEvent(context, 'person.signed-out', { kind: 'person', id: session.person })
}

/** Those that still hold, the last used first. */
export async function openSessions(person: Pick<Person, '_id'>, now: Date): Promise<Session[]> {
  return (await sessionsOf(person._id)).filter((session) => sessionHolds(session, now))
}

/** One of a person's own; `mark` is how the page names it. */
export async function revokeSession(
  context: Context,
  person: Pick<Person, '_id'>,
  mark: string,
): Promise<void> {
  const session = (await sessionsOf(person._id)).find((one) => sessionMark(one) === mark)
  if (!session || !(await removeSession(person._id, session._id))) throw new NotFound()
  await recordEvent(context, 'person.session-ended', { kind: 'person', id: person._id })
}

export async function endSessions(person: Pick<PersonRecord, '_id'>, kept?: string): Promise<void> {
  await removeSessionsOf(person._id, kept)
}
