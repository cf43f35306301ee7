import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { calendarByHash, calendarOf, Calendars, saveCalendar } from '../records/calendars.js'
import { peopleWithIds, personOf } from '../records/people.js'
import type { Person } from '../request.js'
import { newToken, tokenHash } from '../tokens.js'

/** Since when the person's calendar may be subscribed to; null while it may not. */
export async function calendarSince(person: string): Promise<Date | null> {
  const calendar = await calendarOf(person)
  return calendar?.hash ? calendar.madeAt : null
}

/** The token of a new subscription, shown once; the one before stops. */
export async function makeCalendar(context: Context, person: string): Promise<string> {
  const token = newToken()
  await save(context, person, tokenHash(token), 'calendar.made')
  return token
}

export async function revokeCalendar(context: Context, person: string): Promise<void> {
  if ((await calendarSince(person)) !== null) await save(context, person, null, 'calendar.revoked')
}

/** Whose calendar the token opens; null for none, and for people who may not sign in any more. */
export async function personByCalendar(token: string): Promise<Person | null> {
  const calendar = await calendarByHash(tokenHash(token))
  const [found] = calendar ? await peopleWithIds([calendar._id]) : []
  return found && found.state === 'active' ? personOf(found) : null
}

async function save(context: Context, person: string, hash: string | null, event: string): Promise<void> {
  const saved = await saveCalendar(person, hash, { at: context.now, by: context.actor, event, facts: {} })
  await record(Calendars, saved)
}
