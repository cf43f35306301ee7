import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { NotFound } from '../../base/errors.js'
import { dayOf } from '../../base/day.js'
import { peopleByIds, staffMembers } from '../../auth/actions/people.js'
import { customersByIds } from '../../customers/actions.js'
import { readFileBytes } from '../../files/actions.js'
import { recipientById } from '../../notices/actions.js'
import { awaitsApproval } from '../../notices/rules.js'
import type { ReplyQuery } from '../form.js'
import type { Listed } from '../page/list.js'
import type { ReplyShown } from '../page/reply.js'
import { tasksOf } from '../page/tasks.js'
import { readAttachment } from '../reading/message.js'
import {
  countShelves,
  pageOfReplies,
  replyByReference,
  sameMail,
  unmatchedReplies,
  waitingReplies,
} from '../records.js'
import { approverOf, mayAttach, type Reply } from '../rules.js'
import { partsOfSender } from './match.js'

export async function repliesToShow({ page: cursor, ...filter }: ReplyQuery): Promise<Listed> {
  const [{ page, count }, open] = await Promise.all([pageOfReplies(filter, cursor), countShelves()])
  return { ...page, count, open }
}

export async function replyToShow(reference: string, today: Day): Promise<ReplyShown> {
  const reply = await replyOf(reference)
  const { part, about, match } = reply
  const [[customer], recipient, offered, staff, same] = await Promise.all([
    customersByIds([part?.customer ?? about?.customer ?? ''].filter(Boolean)),
    part ? recipientById(part.recipient) : null,
    mayAttach(reply) ? partsOffered(reply) : [],
    staffMembers(),
    sameMail(reply),
  ])
  const contacts = customer?.contacts ?? []
  return {
    reply,
    contact: contacts.find(({ id }) => id === match?.contact) ?? null,
    approver: part ? approverOf(reply, contacts, today) : null,
    names: new Map(staff.map(({ _id, name }) => [_id, name])),
    offered,
    same: same.filter(({ _id }) => _id !== reply._id),
    asksApproval: recipient?.lines.some(awaitsApproval) ?? false,
  }
}

/** The mail as it came (0), or one of its attachments, from 1; as bytes, since nobody vouches for what they are. */
export async function fileOfReply(
  reference: string,
  number: number,
): Promise<{ stored: string } | { name: string; bytes: Buffer }> {
  const reply = await replyOf(reference)
  if (number === 0) return { stored: reply.file }
  const attachment = await readAttachment(await readFileBytes(reply.file), number)
  if (!attachment) throw new NotFound()
  return attachment
}

const mostTasks = 200

/** What staff has to read, for the dashboard. */
export async function replyTasks(today: Day, zone: string): Promise<Task[]> {
  const [waiting, unmatched] = await Promise.all([waitingReplies(mostTasks), unmatchedReplies()])
  const owners = new Set(waiting.map(({ about }) => about?.owner ?? null).filter((id) => id !== null))
  const names = new Map((await peopleByIds([...owners])).map(({ _id, name }) => [_id, name]))
  return tasksOf(waiting, unmatched, { today, names, dayOf: (at) => dayOf(at, zone) })
}

/** First those that it was held for: also what ended since, or is in use. */
async function partsOffered({ mayConcern = [], from }: Reply) {
  const known = new Set(mayConcern.map(({ recipient }) => recipient))
  const more = await partsOfSender(from.address)
  return [...mayConcern, ...more.filter(({ _id }) => !known.has(_id))].toSorted((a, b) =>
    a.customerName.localeCompare(b.customerName, 'da'),
  )
}

async function replyOf(reference: string): Promise<Reply> {
  const reply = await replyByReference(reference)
  if (!reply) throw new NotFound()
  return reply
}
