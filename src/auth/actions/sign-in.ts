import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { noteSignIn, personByEmail, personOf } from '../records/people.js'
import { passwordFits } from '../passwords.js'
import type { Person } from '../request.js'
import { startSession } from './sessions.js'

/** Null where address and password do not belong together, whichever of the two it is. */
export async function signIn(
  context: Context,
  { email, password, browser }: { email: string; password: string; browser: string },
): Promise<{ person: Person; token: string } | null> {
  const found = await personByEmail(email)
  const fits = await passwordFits(password, found?.password ?? null)
  if (!found || !fits || found.state !== 'active') {
    if (found) await recordEvent(context, 'person.sign-in-refused', { kind: 'person', id: found._id })
    return null
  }
  const person = personOf(found)
  const as: Context = { ...context, actor: { kind: 'staff', id: person._id } }
  await noteSignIn(person._id, context.now)
  return { person, token: await startSession(as, person, browser) }
}
