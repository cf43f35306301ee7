import { staffMembers } from '../../auth/actions/people.js'
import type { Context } from '../../base/context.js'
import { enqueue } from '../../mail/actions.js'
import { toSignMail } from '../mails/to-sign.js'
import { auditsToSign } from '../records/audits.js'
import type { Audit } from '../rules/audit.js'
import { signsAs } from '../rules/sign.js'

/** A mail to everyone who may give a signature that is lacking, but for whoever froze it: they stand before it. A repeat writes none twice. */
export async function askSigners(context: Context, audit: Audit): Promise<void> {
  const { frozen, moves } = audit
  if (!frozen) return
  const by = moves.findLast(({ event }) => event === 'audit.frozen')?.by.id
  const asked = (await staffMembers()).flatMap((person) => {
    const as = person.state === 'active' && person._id !== by ? signsAs(audit, person) : null
    return as ? [toSignMail({ audit, hash: frozen.hash, as, person })] : []
  })
  if (asked.length > 0) await enqueue(context, asked)
}

/** For the timer: where a crash came between freezing and the mails. */
export async function askAllSigners(context: Context): Promise<number> {
  const waiting = await auditsToSign()
  for (const audit of waiting) await askSigners(context, audit)
  return waiting.length
}
