import type { Recipient } from '../../src/notices/rules.js'
import { takeMail } from '../../src/replies/actions.js'
import { message } from '../replies/messages.js'
import type { Tilsyn } from '../support/app.js'
import { mailTo } from './town.js'

/** A customer's answer to the notice it was sent, with a letter; and a mail that is nobody's. */
export async function replyInTown(
  tilsyn: Tilsyn,
  recipient: Recipient,
): Promise<{ reference: string; number: string }> {
  const taking = { via: 'pipe', key: tilsyn.house.keys.replies } as const
  const mail = await mailTo(recipient)
  await takeMail(tilsyn.context(), message('stranger'), taking)
  await takeMail(tilsyn.context(), message('outlook-automatisk-svar', { mail }), taking)
  const { reply } = await takeMail(tilsyn.context(), message('attachments', { mail }), taking)
  return { reference: reply.reference, number: '1' }
}
