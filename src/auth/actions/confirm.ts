import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { passwordFits } from '../passwords.js'
import { personById } from '../records/people.js'
import { useCodeOf } from './second-factor.js'

/** What is asked once more before something that counts. Without `key` who has two-step sign-in confirms nothing. */
export type Again = { password: string; code?: string | undefined; key?: string | undefined }

/** How they confirmed it; `left`: recovery codes that remain, where one of them was used. */
export type Confirmed = { withCode: boolean; left?: number }

/**
 * Whether it is their password and, where they have two-step sign-in, a code of theirs, which is used up by it. Null: one of the two is
 * not right, and nobody is told which; the log tells that it was tried.
 */
export async function confirmPerson(
  context: Context,
  id: string,
  { password, code = '', key = '' }: Again,
): Promise<Confirmed | null> {
  const person = await personById(id)
  const fits = await passwordFits(password, person?.password ?? null)
  if (person?.state === 'active' && fits) {
    if (!person.secondFactor) return { withCode: false }
    const used = key === '' ? 'wrong' : await useCodeOf(context, person, code, key)
    if (typeof used === 'object')
      return { withCode: true, ...(used.of === 'recovery' ? { left: used.left } : {}) }
  }
  if (person) await recordEvent(context, 'person.confirmation-refused', { kind: 'person', id })
  return null
}
