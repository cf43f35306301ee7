import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import { nullable } from '../db/fields.js'
import { searchFilter } from '../db/search.js'
import { movedFields } from '../db/moves.js'
import { cappedCount, pageAfter, type Page } from '../db/paging.js'
import { insertOnce } from '../db/unique.js'
import type { Reply, Shelf } from './rules.js'

const shape = (type: unknown) => type as never

const schema = new Schema<Reply>(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    once: { type: String, required: true },
    via: { type: String, required: true },
    arrivedAt: { type: Date, required: true },
    takenAt: { type: Date, required: true },
    file: { type: String, required: true },
    sha256: { type: String, required: true },
    size: { type: Number, required: true },
    cut: { type: Boolean, default: false },
    unreadable: { type: Boolean, default: false },
    from: { type: Object, required: true },
    subject: { type: String, default: '' },
    messageId: nullable(String),
    sentAt: nullable(Date),
    text: { type: String, default: '' },
    attachments: shape({ type: [Object], default: [] }),
    kind: { type: String, required: true },
    automaticBy: nullable(String),
    report: shape(nullable(Object)),
    match: shape(nullable(Object)),
    part: shape(nullable(Object)),
    about: shape(nullable(Object)),
    mayConcern: shape({ type: [Object], default: undefined }),
    state: { type: String, required: true },
    shelf: { type: String, required: true },
    blocking: { type: Boolean, required: true },
    look: nullable(String),
    classification: shape(nullable(Object)),
    earlier: shape({ type: [Object], default: [] }),
    dismissal: shape(nullable(Object)),
    unfinished: nullable(String),
    tokens: { type: [String], default: [] },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false, collection: 'replies' },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true })
schema.index({ arrivedAt: -1, _id: -1 })
schema.index({ shelf: 1, arrivedAt: -1, _id: -1 })
schema.index({ tokens: 1, arrivedAt: -1, _id: -1 })
schema.index({ 'part.recipient': 1, arrivedAt: -1 })
schema.index({ 'part.customer': 1, arrivedAt: -1 })
schema.index({ 'part.notice': 1, state: 1 })
schema.index({ 'about.reference': 1, arrivedAt: -1 })
schema.index({ 'about.customer': 1, arrivedAt: -1 })
schema.index({ 'mayConcern.recipient': 1, state: 1 })
schema.index({ 'mayConcern.customer': 1, state: 1 })
schema.index({ 'mayConcern.notice': 1, state: 1 })
schema.index({ state: 1, blocking: 1, arrivedAt: 1 })
schema.index({ unfinished: 1 }, { partialFilterExpression: { unfinished: { $type: 'string' } } })
schema.index({ sample: 1 })

export const Replies = model<Reply>('reply', schema)
registerMoved(Replies)

/** The reply as it is kept: the given one, or the one the same mail made before. */
export async function insertReply(reply: Reply): Promise<{ reply: Reply; again: boolean }> {
  const before = await insertOnce(Replies, reply, () => replyOnce(reply.once))
  return { reply: before ?? reply, again: before !== null }
}

/** Bookkeeping of what a crash may leave undone; no move of its own. */
export async function finishStep(reply: Pick<Reply, '_id'>, step: 'arrived' | 'classified'): Promise<void> {
  await Replies.updateOne({ _id: reply._id, unfinished: step }, { $set: { unfinished: null } })
}

export async function replyOnce(once: string): Promise<Reply | null> {
  return Replies.findOne({ once }).lean<Reply>()
}

/** The same mail is a reply of several customers: those of one person, to whom one mail went or who wrote one. */
export async function sameMail({ once }: Pick<Reply, 'once'>): Promise<ReplyHead[]> {
  const [mail = once] = once.split('/')
  // '0' is the next sign after '/'.
  return Replies.find({ once: { $gte: mail, $lt: `${mail}0` } }, headOnly).lean<ReplyHead[]>()
}

export async function replyByReference(reference: string): Promise<Reply | null> {
  return Replies.findOne({ reference }).lean<Reply>()
}

export async function replyById(id: string): Promise<Reply | null> {
  return Replies.findById(id).lean<Reply>()
}

export async function unfinishedReplies(limit: number): Promise<Reply[]> {
  return Replies.find({ unfinished: { $type: 'string' } })
    .limit(limit)
    .lean<Reply[]>()
}

/** Without their texts, newest first. */
export type ReplyHead = Omit<Reply, 'text' | 'moves' | 'tokens'>
const headOnly = { text: 0, moves: 0, tokens: 0 } as const

export async function repliesOfRecipient(recipient: string): Promise<ReplyHead[]> {
  const [own, unsure] = await Promise.all([
    Replies.find({ 'part.recipient': recipient }, headOnly)
      .sort({ arrivedAt: -1 })
      .limit(100)
      .lean<ReplyHead[]>(),
    unsureOf('mayConcern.recipient', recipient),
  ])
  return [...unsure, ...own]
}

/** Nobody has said yet whose these are; they may be this one's. */
async function unsureOf(
  field: 'mayConcern.recipient' | 'mayConcern.customer',
  id: string,
): Promise<ReplyHead[]> {
  return Replies.find(
    { [field]: id, state: { $in: ['unmatched', 'waiting'] }, part: null, blocking: true },
    headOnly,
  )
    .limit(100)
    .lean<ReplyHead[]>()
}

/** With all they hold, some recipients at a time. */
export async function repliesOfRecipients(recipients: readonly string[]): Promise<Reply[]> {
  return Replies.find({ 'part.recipient': { $in: [...recipients] } })
    .sort({ arrivedAt: 1 })
    .lean<Reply[]>()
}

export async function repliesOfCustomer(customer: string): Promise<ReplyHead[]> {
  const found = await Promise.all(
    ['part.customer', 'about.customer'].map((field) =>
      Replies.find({ [field]: customer }, headOnly)
        .sort({ arrivedAt: -1 })
        .limit(100)
        .lean<ReplyHead[]>(),
    ),
  )
  return [await unsureOf('mayConcern.customer', customer), ...found]
    .flat()
    .toSorted((a, b) => b.arrivedAt.getTime() - a.arrivedAt.getTime())
    .slice(0, 100)
}

/** What came back about a case of another room, by its reference. */
export async function repliesInCase(reference: string, limit: number): Promise<ReplyHead[]> {
  return Replies.find({ 'about.reference': reference }, headOnly)
    .sort({ arrivedAt: -1 })
    .limit(limit)
    .lean<ReplyHead[]>()
}

/** How many of a notice wait to be read. */
export async function countWaiting(notice: string): Promise<number> {
  const [known, unsure] = await Promise.all([
    Replies.countDocuments({ 'part.notice': notice, state: 'waiting' }),
    Replies.countDocuments({
      'mayConcern.notice': notice,
      state: { $in: ['unmatched', 'waiting'] },
      part: null,
      blocking: true,
    }),
  ])
  return known + unsure
}

/** Those that wait, the longest first; before what holds nobody up, what does. */
export async function waitingReplies(limit: number): Promise<ReplyHead[]> {
  const found: ReplyHead[] = []
  const kinds = [
    { state: 'waiting', blocking: true },
    { state: 'unmatched', blocking: true },
    { state: 'waiting', blocking: false },
  ] as const
  for (const kind of kinds)
    found.push(
      ...(await Replies.find(kind, headOnly)
        .sort({ arrivedAt: 1 })
        .limit(limit - found.length || 1)
        .lean<ReplyHead[]>()),
    )
  return found.slice(0, limit)
}

/** How many are nobody's and hold nobody up, and since when the first of them. */
export async function unmatchedReplies(): Promise<{ count: number; first: Date | null }> {
  const [first, { count }] = await Promise.all([
    Replies.findOne({ state: 'unmatched', blocking: false }, { arrivedAt: 1 })
      .sort({ arrivedAt: 1 })
      .lean<Pick<Reply, 'arrivedAt'>>(),
    cappedCount(Replies, { state: 'unmatched', blocking: false }),
  ])
  return { count, first: first?.arrivedAt ?? null }
}

const pageSize = 50

export type ReplyFilter = { shelf: Shelf | null; q: string }

/** Newest first. */
export async function pageOfReplies(
  filter: ReplyFilter,
  cursor: string | undefined,
): Promise<{ page: Page<Reply>; count: { count: number; capped: boolean } }> {
  const conditions = {
    ...(filter.shelf ? { shelf: filter.shelf } : {}),
    ...searchFilter('tokens', filter.q),
  }
  const [page, count] = await Promise.all([
    pageAfter<Reply>(Replies, conditions, { field: 'arrivedAt', direction: -1 }, cursor, pageSize),
    cappedCount(Replies, conditions),
  ])
  return { page, count }
}

export async function countShelves(): Promise<Map<Shelf, { count: number; capped: boolean }>> {
  const open = ['waiting', 'unmatched'] as const
  const counts = await Promise.all(open.map((shelf) => cappedCount(Replies, { shelf })))
  return new Map(open.map((shelf, place) => [shelf, counts[place] ?? { count: 0, capped: false }]))
}
