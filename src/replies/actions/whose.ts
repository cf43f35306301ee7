import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { record } from '../../audit-log/actions.js'
import { customerByReference, customersAt } from '../../customers/actions.js'
import { nextReference } from '../../db/counters.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { mailsAbout, type MailRow } from '../../mail/actions.js'
import { noticeByReference, recipientById, type Recipient } from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { receiveUpstream } from '../../upstream/actions.js'
import { insertReply, Replies } from '../records.js'
import { beginning, mayAttach, shelfOf, type CaseBook, type Match, type Reply } from '../rules.js'
import { finishArrival } from './finish.js'
import { evidenceOf, move, replyOf } from './move.js'
import { lookOf, partOf } from './take.js'

type Whose = { notice: string; customer: string }

/**
 * Staff knows whose it is. What it is stays as it was recognised: somebody's words block from now on; whom it might have concerned, and
 * does not, is let go of. A mail about several is one reply for each of them.
 */
export async function attachReply(
  context: Context,
  reference: string,
  whose: Whose,
  others: readonly Whose[] = [],
): Promise<Reply> {
  const reply = await replyOf(reference)
  if (!mayAttach(reply)) throw new Refused('reply-matched-already', { reference })
  const parts: { whose: Whose; known: Known }[] = []
  for (const each of [whose, ...others]) parts.push({ whose: each, known: await knownPart(reply, each) })
  const [own, ...more] = parts
  if (!own) throw new NotFound()
  for (const { known } of more) await keepCopy(context, reply, known)
  const moved = await move(
    context,
    reply,
    { ...attached(reply, own.known), about: null, unfinished: 'arrived' },
    'reply.attached',
    { ...own.whose, ...(more.length > 0 ? { others: more.map(({ known }) => known.recipient._id) } : {}) },
  )
  return finishArrival(context, moved)
}

type Known = { recipient: Recipient; match: Match; mail: MailRow | null }

async function knownPart(reply: Reply, whose: Whose): Promise<Known> {
  const [notice, customer] = await Promise.all([
    noticeByReference(whose.notice),
    customerByReference(whose.customer),
  ])
  const recipient = await recipientById(recipientId(notice._id, customer._id))
  if (!recipient) throw new Refused('reply-notice-not-for-customer', { ...whose })
  const contact =
    customer.contacts.find(({ email }) => email.toLowerCase() === reply.from.address)?.id ?? null
  const mail = reply.report ? await newestAnnouncement(recipient._id) : null
  const match = { by: 'staff' as const, mail: mail?._id ?? null, contact: mail?.to.contact ?? contact }
  return { recipient, match, mail }
}

function attached(reply: Reply, { recipient, match, mail }: Known) {
  const begun = beginning(reply.kind, true, lookOf(recipient, { match, mail }))
  return { match, part: partOf(recipient), ...begun, sample: recipient.sample }
}

/** The same mail, for another of the customers it is about. Repeated, it is there once. */
async function keepCopy(context: Context, reply: Reply, known: Known): Promise<void> {
  const { mayConcern: _unsure, ...mail } = reply
  const own = attached(reply, known)
  const { kind, via, arrivedAt, file, sha256 } = reply
  const { customerReference, noticeReference, customerName } = own.part
  const reference = await nextReference('RE', Number(context.today.slice(0, 4)))
  const copy: Reply = {
    ...mail,
    ...own,
    _id: newId(),
    once: `${reply.once}/${known.recipient._id}`,
    reference,
    about: null,
    shelf: shelfOf({ ...own, kind }),
    unfinished: 'arrived',
    tokens: searchTokens(reference, mail.from.name, mail.from.address, customerName, noticeReference),
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'reply.taken',
      facts: {
        kind,
        via,
        arrivedAt,
        file,
        sha256,
        matchedBy: 'staff',
        mail: own.match.mail,
        customer: customerReference,
        notice: noticeReference,
        state: own.state,
        same: reply.reference,
      },
      personal: { from: mail.from.address, subject: mail.subject },
    }),
  }
  const kept = await insertReply(copy)
  if (!kept.again) await record(Replies, copy)
  await finishArrival(context, kept.reply)
}

/** Staff knows which case it is about, where Tilsyn could not tell or took it for another. Throws `NotFound` where there is none of that reference. */
export async function attachToCase(
  context: Context,
  reference: string,
  wanted: string,
  cases: CaseBook,
): Promise<Reply> {
  const reply = await replyOf(reference)
  if (!mayAttach(reply)) throw new Refused('reply-matched-already', { reference })
  const customers = await customersAt(reply.from.address)
  const ids = customers.map(({ _id }) => _id)
  // Of a case with many customers the sender's own part, where the sender is known.
  const about =
    (ids.length > 0 ? await cases.ofReference(wanted, ids) : null) ?? (await cases.ofReference(wanted, null))
  if (!about) throw new NotFound()
  const contact =
    customers
      .find(({ _id }) => _id === about.customer)
      ?.contacts.find(({ email }) => email.toLowerCase() === reply.from.address)?.id ?? null
  const moved = await move(
    context,
    reply,
    {
      match: { by: 'staff', mail: null, contact },
      about,
      ...beginning(reply.kind, true, null, false),
      unfinished: 'arrived',
      sample: about.sample,
    },
    'reply.attached',
    { case: about.reference, customer: about.customerReference },
  )
  return finishArrival(context, moved)
}

/** It is nobody's: advertising, a mail that went astray. It stays on file with the reason. */
export async function dismissReply(context: Context, reference: string, reason: string): Promise<Reply> {
  const reply = await replyOf(reference)
  if (reply.state === 'dismissed') return reply
  if (reply.state !== 'unmatched') throw new Refused('reply-matched-already', { reference })
  const dismissal = { at: context.now, by: context.actor.id, reason, upstream: null }
  const moved = await move(context, reply, { ...gone, dismissal }, 'reply.dismissed', {}, { reason })
  return finishArrival(context, moved)
}

/** It is a sub-processor's own notice that came to our mailbox: it goes on as one, with the mail as its file. */
export async function passToUpstream(
  context: Context,
  reference: string,
  zone: string,
): Promise<{ upstream: string }> {
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
    zone,
  })
  const upstream = notice.reference
  const dismissal = { at: context.now, by: context.actor.id, reason: null, upstream }
  await finishArrival(
    context,
    await move(context, reply, { ...gone, dismissal }, 'reply.passed-on', { upstream }),
  )
  return { upstream }
}

/** It holds nobody up any more. */
const gone = { state: 'dismissed', blocking: false, unfinished: 'arrived' } as const

async function newestAnnouncement(recipient: string) {
  const mails = await mailsAbout('recipient', [recipient])
  return mails.findLast(({ kind, state }) => kind === 'notice-announcement' && state === 'accepted') ?? null
}
