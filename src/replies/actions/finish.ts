import type { Context } from '../../base/context.js'
import { staffMembers } from '../../auth/actions/people.js'
import { allows } from '../../auth/permissions.js'
import { enqueue, noteReport } from '../../mail/actions.js'
import { holdForReply, releaseReply } from '../../notices/actions.js'
import { alertMail } from '../mails.js'
import { finishStep, replyById } from '../records.js'
import { concernOf, type Reply } from '../rules.js'

/**
 * What follows from a mail that was taken in: the customer is held, officers are told, a report is noted at the mail it is about. All
 * of it may be repeated, so a timer takes it up where a crash ended it.
 */
export async function finishArrival(context: Context, reply: Reply): Promise<Reply> {
  if (reply.unfinished !== 'arrived') return reply
  const { part, about, report, match } = reply
  if (part && reply.blocking) await holdForReply(context, part.recipient, reply.reference)
  const { held, released } = concernOf(reply)
  for (const recipient of held) await holdForReply(context, recipient, reply.reference)
  for (const recipient of released) await releaseReply(context, recipient, reply.reference)
  if (((part || about) && reply.state === 'waiting') || held.length > 0) await alertOfficers(context, reply)
  if (report && match?.mail && !(await noteReport(context, match.mail, reportOf(reply, report)))) return reply
  await finishStep(reply, 'arrived')
  return { ...reply, unfinished: null }
}

/** What follows from somebody having read it: the hold is let go of. */
export async function finishClassified(context: Context, reply: Reply): Promise<Reply> {
  if (reply.unfinished !== 'classified') return reply
  if (reply.part) await releaseReply(context, reply.part.recipient, reply.reference)
  for (const recipient of concernOf(reply).released) await releaseReply(context, recipient, reply.reference)
  await finishStep(reply, 'classified')
  return (await replyById(reply._id)) ?? reply
}

async function alertOfficers(context: Context, reply: Reply): Promise<void> {
  const officers = (await staffMembers()).filter(
    ({ role, state }) => state === 'active' && allows(role, 'objections:write'),
  )
  // Who has the case in hand; while nobody has, that person is gone, or notices are held up, everyone who may read it.
  const own = reply.blocking ? [] : officers.filter(({ _id }) => _id === reply.about?.owner)
  await enqueue(
    context,
    (own.length > 0 ? own : officers).map(({ _id, name, email, locale }) =>
      alertMail(reply, { person: _id, name, address: email, locale }),
    ),
  )
}

function reportOf(reply: Reply, { action, server, status, diagnostic }: NonNullable<Reply['report']>) {
  return {
    id: `reply-${reply._id}`,
    at: reply.arrivedAt,
    outcome: action === 'failed' ? ('bounced' as const) : action,
    server,
    reply: [status, diagnostic].filter(Boolean).join(' ').slice(0, 1000) || reply.subject.slice(0, 200),
    code: Number(/\b[245]\d\d\b/.exec(diagnostic)?.[0] ?? 0) || null,
  }
}
