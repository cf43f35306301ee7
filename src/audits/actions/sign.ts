import { confirmPerson, type Again } from '../../auth/actions/confirm.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import type { Audit, Signature } from '../rules/audit.js'
import { areasOf } from '../rules/compile.js'
import { signed, type SignAs } from '../rules/sign.js'
import { moveAudit } from './move.js'
import { auditAtWork } from './read.js'
import { finishSigned } from './signed.js'

export type Signing = {
  as: SignAs
  person: { _id: string; name: string }
  title: string
  /** Of what they saw. */
  hash: string
} & Again

/**
 * One signature; with the second the papers are made and stored. Throws `Refused`: who may not, twice, and where anything has changed
 * since what they saw was frozen. Whether they may try at all is asked before (limits).
 */
export async function sign(
  context: Context,
  reference: string,
  { as, person, title, hash, ...again }: Signing,
): Promise<Audit> {
  const { audit, set, tests } = await auditAtWork(reference)
  const signature: Omit<Signature, 'withCode'> = {
    as,
    person: person._id,
    name: person.name,
    title,
    at: context.now,
    hash,
  }
  const changesWith = (withCode: boolean) => signed(audit, { ...signature, withCode }, areasOf(set, tests))
  // Before anything is asked: a code that was given serves no second time.
  changesWith(false)
  const confirmed = await confirmPerson(context, person._id, again)
  if (!confirmed) throw new Refused('password-wrong')
  const { withCode } = confirmed
  const changes = changesWith(withCode)
  const moved = await moveAudit(context, audit, changes, {
    event: changes.state === 'signed' ? 'audit.signed' : 'audit.signature-given',
    facts: { as, person: person._id, hash, withCode, state: changes.state },
    personal: { name: person.name, title },
  })
  return moved.state === 'signed' ? finishSigned(context, moved) : moved
}
