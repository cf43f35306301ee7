import type { Request } from 'express'
import type { Context } from '../base/context.js'
import type { Problem } from '../base/form.js'
import { confirmPerson, type Again, type Confirmed } from './actions/confirm.js'
import type { Person } from './request.js'

/**
 * Whether who is signed in is who they say. Each try counts towards the lock of their account before it is looked at, and all are given
 * back where it was right. Throws `TooMany`.
 */
export async function confirmedBy(
  req: Request,
  context: Context,
  typed: Pick<Again, 'password' | 'code'>,
): Promise<Confirmed | null> {
  const { person, house } = req
  if (!person) throw new Error('a confirmation without a person')
  const { account } = house.limits
  await account.check(person.email)
  await account.take(person.email)
  const confirmed = await confirmPerson(context, person._id, { ...typed, key: house.keys.secondFactors })
  if (confirmed) await account.forget(person.email)
  return confirmed
}

/** One sentence for whichever was wrong. `field`: of the password. */
export function notConfirmed(person: Pick<Person, 'secondFactor'>, field = 'password'): Problem[] {
  return [{ field, text: person.secondFactor ? 'password-or-code-wrong' : 'password-wrong' }]
}
