import type { Context } from '../../base/context.js'
import { addDays, dayOf } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { ensureLink } from '../../auth/links.js'
import { customersByIds } from '../../customers/actions.js'
import { enqueue } from '../../mail/actions.js'
import { noticeById, recipientById, registerApproval } from '../../notices/actions.js'
import { raiseObjection } from '../../objections/actions.js'
import { answerMail } from '../mails.js'
import { sameMail } from '../records.js'
import {
  answeredTo,
  approverOf,
  classify,
  mayBeRead,
  noCases,
  ownWords,
  type CaseBook,
  type Classification,
  type Letter,
  type Part,
  type Reading,
  type Reply,
} from '../rules.js'
import { finishClassified } from './finish.js'
import { move, ownPaperOf, replyOf } from './move.js'

export type ReadingInput = {
  as: Reading
  note: string | null
  /** Written back to the contact. */
  answer: string | null
  /** Why it is read anew. */
  reason: string | null
  /** Of who approved, as the contact signs. */
  name: string | null
  title: string | null
}

// An answer's link works as long as an objection's.
const linkDays = 180
const longestReasons = 5000

/**
 * Somebody says what the reply is: it becomes an objection or an approval, or is only kept with what was noted; then the customer is
 * no longer held for it. What is about another case can be taken into that one. Pressed twice it is one.
 * Throws `Refused`: as `classify`, 'reply-approver-unknown', 'reply-answer-to-nobody', 'changed-meanwhile', and what refuses an
 * objection or an approval.
 */
export async function readReply(
  context: Context,
  reference: string,
  input: ReadingInput,
  cases: CaseBook = noCases,
): Promise<Reply> {
  const reply = await replyOf(reference)
  if (reply.classification?.as === input.as && reply.unfinished === 'classified')
    return finishClassified(context, reply)
  if (reply.classification?.as === input.as && !input.reason) return reply
  mayBeRead(reply, input.as, input.reason)
  const { part, about } = reply
  const objection = part && input.as === 'objection' ? await raise(context, reply, part) : null
  if (part && input.as === 'approval') await approve(context, reply, part, input)
  const answer = part && input.as === 'question' ? input.answer : null
  if (part && answer) await writeBack(context, reply, part, answer)
  if (about && input.as === 'case') await cases.take(context, about, await letterOf(reply))
  if (about && input.as === 'other') await cases.note(context, about, reference)
  const classification: Classification = {
    as: input.as,
    at: context.now,
    on: context.today,
    by: context.actor.id,
    note: input.note,
    answer,
    objection,
  }
  const { change } = classify(reply, classification, input.reason)
  const moved = await move(context, reply, change, 'reply.classified', {
    as: input.as,
    objection,
    ...(reply.classification ? { before: reply.classification.as, reason: input.reason } : {}),
  })
  return finishClassified(context, moved)
}

async function letterOf(reply: Reply): Promise<Letter> {
  const { reference, from, match, subject, text } = reply
  return {
    once: reference,
    from: { id: match?.contact ?? '', name: from.name || from.address },
    text: (ownWords(text) || text || subject).slice(0, longestReasons),
    file: await ownPaperOf(reply),
  }
}

async function raise(context: Context, reply: Reply, part: Part): Promise<string> {
  const notice = await noticeById(part.notice)
  if (!notice) throw new NotFound()
  const { objection } = await raiseObjection(context, part.recipient, {
    by: { kind: 'staff', id: context.actor.id, name: reply.from.name || reply.from.address },
    channel: 'mail',
    receivedAt: reply.arrivedAt,
    receivedOn: dayOf(reply.arrivedAt, notice.rules.zone),
    reasons: ownWords(reply.text).slice(0, longestReasons) || null,
    files: [],
    // What names several customers is no file of one of them: it stays with the reply.
    kept: (await sameMail(reply)).length > 1 ? [] : [reply.file],
    once: reply.reference,
  })
  return objection.reference
}

async function approve(context: Context, reply: Reply, part: Part, input: ReadingInput): Promise<void> {
  const [notice, [customer]] = await Promise.all([noticeById(part.notice), customersByIds([part.customer])])
  if (!notice || !customer) throw new NotFound()
  const approver = approverOf(reply, customer.contacts, dayOf(reply.arrivedAt, notice.rules.zone))
  if (!approver) throw new Refused('reply-approver-unknown', { customer: customer.name })
  const name = input.name ?? approver.name
  await registerApproval(
    context,
    part.recipient,
    {
      answer: 'approved',
      lines: [],
      channel: 'mail',
      at: reply.arrivedAt,
      on: dayOf(reply.arrivedAt, notice.rules.zone),
      by: { name, title: input.title ?? '' },
      waivesRest: false,
    },
    await ownPaperOf(reply),
  )
}

async function writeBack(context: Context, reply: Reply, part: Part, text: string): Promise<void> {
  const [notice, recipient, [customer]] = await Promise.all([
    noticeById(part.notice),
    recipientById(part.recipient),
    customersByIds([part.customer]),
  ])
  if (!notice || !recipient || !customer) throw new NotFound()
  const contacts = answeredTo(reply, customer.contacts, context.today)
  if (contacts.length === 0) throw new Refused('reply-answer-to-nobody', { customer: customer.name })
  const link = (contact: string) =>
    ensureLink(context, {
      kind: 'customer',
      customer: customer._id,
      contact,
      about: { kind: 'recipient', id: recipient._id },
      expiresOn: addDays(context.today, linkDays),
    })
  const mails = contacts.map(async (contact) =>
    answerMail(reply, text, { notice, recipient, contact, link: (await link(contact.id))._id }),
  )
  await enqueue(context, await Promise.all(mails))
}
