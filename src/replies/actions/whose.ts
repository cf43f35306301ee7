import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { customerByReference } from '../../customers/actions.js'
import { mailsAbout } from '../../mail/actions.js'
import { noticeByReference, recipientById } from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { receiveUpstream } from '../../upstream/actions.js'
import { beginning, type Reply } from '../rules.js'
import { finishArrival } from './finish.js'
import { evidenceOf, move, replyOf } from './move.js'
import { lookOf, partOf } from './take.js'

/** Staff knows whose it is. What it is stays as it was recognised: somebody's words block from now on. */
export async function attachReply(
  context: Context,
  reference: string,
  whose: { notice: string; customer: string },
): Promise<Reply> {
  const reply = await replyOf(reference)
  if (reply.state !== 'unmatched') throw new Refused('reply-matched-already', { reference })
  const [notice, customer] = await Promise.all([
    noticeByReference(whose.notice),
    customerByReference(whose.customer),
  ])
  const recipient = await recipientById(recipientId(notice._id, customer._id))
  if (!recipient) throw new Refused('reply-notice-not-for-customer', { ...whose })
  const contact =
    customer.contacts.find(({ email }) => email.toLowerCase() === reply.from.address)?.id ?? null
  const returned = reply.report ? await newestAnnouncement(recipient._id) : null
  const match = {
    by: 'staff' as const,
    mail: returned?._id ?? null,
    contact: returned?.to.contact ?? contact,
  }
  const look = lookOf(recipient, { match, mail: returned })
  const moved = await move(
    context,
    reply,
    {
      match,
      part: partOf(recipient),
      ...beginning(reply.kind, true, look),
      unfinished: 'arrived',
      sample: recipient.sample,
    },
    'reply.attached',
    { notice: notice.reference, customer: customer.reference },
  )
  return finishArrival(context, moved)
}

/** It is nobody's: advertising, a mail that went astray. It stays on file with the reason. */
export async function dismissReply(context: Context, reference: string, reason: string): Promise<Reply> {
  const reply = await replyOf(reference)
  if (reply.state === 'dismissed') return reply
  if (reply.state !== 'unmatched') throw new Refused('reply-matched-already', { reference })
  const dismissal = { at: context.now, by: context.actor.id, reason, upstream: null }
  return move(context, reply, { state: 'dismissed', dismissal }, 'reply.dismissed', {}, { reason })
}

/** It is a sub-processor's own notice that came to our mailbox: it goes on as one, with the mail as its file. */
export async function passToUpstream(context: Context, reference: string): Promise<{ upstream: string }> {
  const reply = await replyOf(reference)
  if (reply.dismissal?.upstream) return { upstream: reply.dismissal.upstream }
  if (reply.state !== 'unmatched') throw new Refused('reply-matched-already', { reference })
  const { notice } = await receiveUpstream(context, {
    file: await evidenceOf(reply),
    text: reply.text,
    from: reply.from.address || null,
    subject: reply.subject || null,
    receivedAt: reply.arrivedAt,
    source: 'mail',
  })
  const upstream = notice.reference
  const dismissal = { at: context.now, by: context.actor.id, reason: null, upstream }
  await move(context, reply, { state: 'dismissed', dismissal }, 'reply.passed-on', { upstream })
  return { upstream }
}

async function newestAnnouncement(recipient: string) {
  const mails = await mailsAbout('recipient', [recipient])
  return mails.findLast(({ kind, state }) => kind === 'notice-announcement' && state === 'accepted') ?? null
}
