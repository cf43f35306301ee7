import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { passwordFits } from '../passwords.js'
import { personById } from '../records/people.js'

/** Whether it is their password, asked once more before something that counts. Of a wrong one the log tells. */
export async function confirmPassword(context: Context, id: string, password: string): Promise<boolean> {
  const person = await personById(id)
  const fits = await passwordFits(password, person?.password ?? null)
  if (person?.state === 'active' && fits) return true
  if (person) await recordEvent(context, 'person.confirmation-refused', { kind: 'person', id })
  return false
}
