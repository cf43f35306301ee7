import { model, Schema, type QueryFilter } from 'mongoose'
import type { Locale } from '../../base/context.js'
import { insertNew } from '../../db/insert-new.js'
import { searchFilter } from '../../db/search.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import { unsentStates, type MailAddress, type MailState } from '../rules.js'

/** An outbox row. Text and HTML are exactly what is sent, but for the link's address. */
export type Mail = {
  _id: string
  key: string
  kind: string
  to: MailAddress
  locale: Locale
  subject: string
  text: string
  html: string
  /** SHA-256 of subject, text and HTML as stored. */
  bodyHash: string
  link: string | null
  code?: string | null
  opens?: string | null
  headers?: Record<string, string>
  /** Key of the mail that carries it; absent where it goes out by itself. */
  carrier?: string
  replyTo: string | null
  attachments: { file: string; name: string; type: string; size: number; sha256: string }[]
  about: { kind: string; id: string }
  sample: boolean
  queuedAt: Date
  state: MailState
  /** When something is next to be done: the next attempt; for a claimed mail, the end of the claim. Null when all is done. */
  dueAt: Date | null
  claim: string | null
  attempts: number
  firstTriedAt: Date | null
  /** When the state was reached that ended the sending. */
  settledAt: Date | null
  followedUp: boolean
  tokens: string[]
}

/** A mail without its bodies, for lists. */
export type MailHead = Omit<Mail, 'text' | 'html' | 'tokens'>

const headOnly = { text: 0, html: 0, tokens: 0 } as const

const schema = new Schema<Mail>(
  {
    _id: { type: String, required: true },
    key: { type: String, required: true },
    kind: { type: String, required: true },
    to: { type: Object, required: true },
    locale: { type: String, required: true },
    subject: { type: String, required: true },
    text: { type: String, required: true },
    html: { type: String, required: true },
    bodyHash: { type: String, required: true },
    link: { type: String, default: null },
    code: { type: String, default: null },
    opens: { type: String, default: null },
    headers: { type: Schema.Types.Mixed, default: undefined },
    carrier: String,
    replyTo: { type: String, default: null },
    attachments: { type: [Object], default: [] } as never,
    about: { type: Object, required: true },
    sample: { type: Boolean, default: false },
    queuedAt: { type: Date, required: true },
    state: { type: String, required: true },
    dueAt: { type: Date, default: null },
    claim: { type: String, default: null },
    attempts: { type: Number, default: 0 },
    firstTriedAt: { type: Date, default: null },
    settledAt: { type: Date, default: null },
    followedUp: { type: Boolean, default: false },
    tokens: { type: [String], default: [] },
  },
  { collection: 'mails', versionKey: false },
)
schema.index({ key: 1 }, { unique: true })
schema.index({ state: 1, dueAt: 1, _id: 1 })
schema.index({ kind: 1, followedUp: 1, state: 1, _id: 1 })
schema.index({ 'about.kind': 1, 'about.id': 1 })
schema.index({ queuedAt: -1, _id: -1 })
schema.index({ state: 1, queuedAt: -1, _id: -1 })
schema.index({ tokens: 1, queuedAt: -1, _id: -1 })
// Few are carried by another.
schema.index({ carrier: 1, _id: 1 }, { partialFilterExpression: { carrier: { $exists: true } } })
schema.index({ sample: 1 })

export const Mails = model<Mail>('mail', schema)

/** Rows whose key is there already are left as they are. Returns how many were new. */
export async function insertMails(rows: Mail[]): Promise<number> {
  return insertNew(Mails, rows)
}

/** Those of the keys that have a row. */
export async function knownKeys(keys: string[]): Promise<Set<string>> {
  const rows = await Mails.find({ key: { $in: keys } }, { _id: 0, key: 1 }).lean()
  return new Set(rows.map(({ key }) => key))
}

export async function mailsByAbout(kind: string, ids: string[]): Promise<MailHead[]> {
  return Mails.find({ 'about.kind': kind, 'about.id': { $in: ids } }, headOnly)
    .sort({ queuedAt: 1, _id: 1 })
    .lean<MailHead[]>()
}

/** With their bodies; oldest first. */
export async function wholeMailsByAbout(kind: string, ids: string[]): Promise<Mail[]> {
  return Mails.find({ 'about.kind': kind, 'about.id': { $in: ids } })
    .sort({ queuedAt: 1, _id: 1 })
    .lean<Mail[]>()
}

/** When the last mails left that a server has taken, as many as tell how fast it takes them. */
export async function lastAccepted(limit: number): Promise<Date[]> {
  const rows = await Mails.find({ state: 'accepted' }, { settledAt: 1 })
    .sort({ queuedAt: -1, _id: -1 })
    .limit(limit)
    .lean<Pick<Mail, 'settledAt'>[]>()
  return rows.flatMap(({ settledAt }) => settledAt ?? [])
}

export async function mailById(id: string): Promise<Mail | null> {
  return Mails.findById(id).lean()
}

export async function mailsNotFollowedUp(
  kind: string,
  states: readonly MailState[],
  limit: number,
): Promise<MailHead[]> {
  return Mails.find({ kind, followedUp: false, state: { $in: states } }, headOnly)
    .limit(limit)
    .lean<MailHead[]>()
}

export async function noteFollowedUp(ids: string[]): Promise<void> {
  await Mails.updateMany({ _id: { $in: ids } }, { $set: { followedUp: true } })
}

/** Mails of those ids, whatever became of them. */
export async function mailHeads(ids: readonly string[]): Promise<MailHead[]> {
  return Mails.find({ _id: { $in: [...ids] } }, headOnly).lean<MailHead[]>()
}

/** One that was taken over came back: whoever follows it up looks again. */
export async function noteReturned(id: string, now: Date): Promise<void> {
  await Mails.updateOne(
    { _id: id, state: 'accepted' },
    { $set: { state: 'bounced', settledAt: now, followedUp: false } },
  )
}

/** Ends what has not left and is not just leaving; returns how many. */
export async function stopUnsent(
  filter: { aboutKind: string; aboutIds: string[]; kinds?: string[]; keys?: string[] },
  now: Date,
): Promise<number> {
  const { modifiedCount } = await Mails.updateMany(
    {
      'about.kind': filter.aboutKind,
      'about.id': { $in: filter.aboutIds },
      state: { $in: unsentStates.filter((state) => state !== 'claimed') },
      ...(filter.kinds ? { kind: { $in: filter.kinds } } : {}),
      ...(filter.keys ? { key: { $in: filter.keys } } : {}),
    },
    { $set: { state: 'stopped', dueAt: null, claim: null, settledAt: now, followedUp: true } },
  )
  return modifiedCount
}

export async function deleteMails(ids: string[]): Promise<number> {
  const { deletedCount } = await Mails.deleteMany({ _id: { $in: ids } })
  return deletedCount
}

const pageSize = 50

/** Newest first; `q` finds words in subject, name, address and key. */
export async function mailsPage(
  { state, q }: { state?: MailState | undefined; q?: string | undefined },
  cursor: string | undefined,
): Promise<{ page: Page<MailHead>; count: { count: number; capped: boolean } }> {
  const filter: QueryFilter<Mail> = {
    ...(state ? { state } : {}),
    ...searchFilter('tokens', q ?? ''),
  }
  const [page, count] = await Promise.all([
    pageAfter<Mail>(Mails, filter, { field: 'queuedAt', direction: -1 }, cursor, pageSize),
    cappedCount(Mails, filter),
  ])
  return { page, count }
}

/** How many mails put in the outbox since then are in one of these states; for the dashboard. */
export async function countMailsIn(states: readonly MailState[], since: Date): Promise<number> {
  return Mails.countDocuments({ state: { $in: [...states] }, queuedAt: { $gte: since } }).limit(1000)
}
