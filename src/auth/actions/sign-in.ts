import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { noteSignIn, personByEmail, personById, personOf, type PersonRecord } from '../records/people.js'
import { passwordFits } from '../passwords.js'
import type { Person } from '../request.js'
import { endSecondStep, giveSecondStep, secondStepFor } from './tickets.js'
import { useCodeOf } from './second-factor.js'
import { startSession } from './sessions.js'

/** A session's token; or that of the second step, after which the session begins. */
export type SignedIn = { person: Person; token: string } | { person: Person; secondStep: string }

/** Null where address and password do not belong together, whichever of the two it is. */
export async function signIn(
  context: Context,
  { email, password, browser }: { email: string; password: string; browser: string },
): Promise<SignedIn | null> {
  const found = await personByEmail(email)
  const fits = await passwordFits(password, found?.password ?? null)
  if (!found || !fits || found.state !== 'active') {
    if (found) await recordEvent(context, 'person.sign-in-refused', { kind: 'person', id: found._id })
    return null
  }
  const person = personOf(found)
  if (found.secondFactor) return { person, secondStep: await giveSecondStep(context, person._id) }
  return { person, token: await begin(context, person, browser) }
}

/** Who has given their password and not yet their code, `left`: with how many recovery codes; null where it is to be given anew. */
export async function awaitingCode(
  token: string,
  now: Date,
): Promise<{ person: Person; left: number } | null> {
  const found = await awaiting(token, now)
  return found && { person: personOf(found), left: found.secondFactor?.recovery.length ?? 0 }
}

/**
 * The second step: begins the session. `left`: recovery codes that remain, where one of them was used. `over`: the password has to be
 * given anew.
 */
export async function signInWithCode(
  context: Context,
  token: string,
  { code, key, browser }: { code: string; key: string; browser: string },
): Promise<{ person: Person; token: string; left: number | null } | 'wrong' | 'unreadable' | 'over'> {
  const found = await awaiting(token, context.now)
  if (!found) return 'over'
  const as = actingAs(context, found)
  const used = await useCodeOf(as, found, code, key)
  if (typeof used !== 'object') {
    await recordEvent(context, 'person.code-refused', { kind: 'person', id: found._id })
    return used
  }
  if (!(await endSecondStep(token, context.now))) return 'over'
  const person = personOf(found)
  const left = used.of === 'recovery' ? used.left : null
  return { person, token: await begin(context, person, browser), left }
}

// A password changed since, or an account that was disabled, ends what was begun with the one before.
async function awaiting(token: string, now: Date): Promise<PersonRecord | null> {
  const step = await secondStepFor(token, now)
  const found = step?.person ? await personById(step.person) : null
  if (!step || !found?.secondFactor || found.state !== 'active') return null
  return found.passwordSetAt !== null && found.passwordSetAt > step.madeAt ? null : found
}

async function begin(context: Context, person: Person, browser: string): Promise<string> {
  await noteSignIn(person._id, context.now)
  return startSession(actingAs(context, person), person, browser)
}

function actingAs(context: Context, { _id }: Pick<Person, '_id'>): Context {
  return { ...context, actor: { kind: 'staff', id: _id } }
}
