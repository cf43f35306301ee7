import { model, Schema, type QueryFilter } from 'mongoose'
import { cappedCount, pageAfter, type Page, type Sort } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import { isTaken } from '../../db/unique.js'
import { keysAsked, type NoticeListing, type NoticeQuery, type NoticeSort } from '../rules/lists.js'
import { Notices } from './notices.js'
import { Recipients } from './recipients.js'

const schema = new Schema<NoticeListing>(
  {
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    plannedStart: { type: String, required: true },
    waiting: { type: Number, required: true },
    changedAt: { type: Date, required: true },
    counts: { type: Object, required: true } as never,
    seq: { type: Number, required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
// One per sort for the whole list; with filters or words the first of them finds the few, and those are sorted.
schema.index({ reference: 1, _id: 1 })
schema.index({ plannedStart: 1, _id: 1 })
schema.index({ waiting: 1, _id: 1 })
schema.index({ changedAt: 1, _id: 1 })
schema.index({ keys: 1, reference: 1, _id: 1 })
schema.index({ tokens: 1, reference: 1, _id: 1 })
schema.index({ sample: 1 })

export const NoticeListings = model<NoticeListing>('notice-listing', schema)

const sorts: Record<NoticeSort, Sort> = {
  newest: { field: 'reference', direction: -1 },
  start: { field: 'plannedStart', direction: -1 },
  waiting: { field: 'waiting', direction: -1 },
  changed: { field: 'changedAt', direction: -1 },
}

export function listedNotices(query: NoticeQuery, size: number): Promise<Page<NoticeListing>> {
  const cursor = query.page || undefined
  return pageAfter(NoticeListings, conditions(query), sorts[query.sort as NoticeSort], cursor, size)
}

export function countListedNotices(query: NoticeQuery): Promise<{ count: number; capped: boolean }> {
  return cappedCount(NoticeListings, conditions(query))
}

export function noticeListings(ids: readonly string[]): Promise<NoticeListing[]> {
  return NoticeListings.find({ _id: { $in: [...ids] } })
    .lean<NoticeListing[]>()
    .exec()
}

/** Notices that have moved, or a customer's part in them has, since their entry was made. */
export async function noticesUnlisted(): Promise<string[]> {
  const [notices, recipients] = await Promise.all([
    Notices.distinct('_id', { listed: false } as object),
    Recipients.distinct('notice', { notice: { $gt: '' }, listed: false } as object),
  ])
  return [...new Set([...notices, ...recipients])]
}

/** Those of the notices in which a customer's part has moved since its entry was made. */
export async function noticesMoved(ids: readonly string[]): Promise<Set<string>> {
  return new Set(await Recipients.distinct('notice', { notice: { $in: [...ids] }, listed: false } as object))
}

/** Notices from before there was a list of them, or whose making was cut short. Asked only where the numbers differ. */
export async function noticesWithoutEntry(): Promise<string[]> {
  const [notices, entries] = await Promise.all([
    Notices.estimatedDocumentCount(),
    NoticeListings.estimatedDocumentCount(),
  ])
  if (notices === entries) return []
  const [all, present] = await Promise.all([Notices.distinct('_id'), NoticeListings.distinct('_id')])
  const known = new Set(present)
  const gone = present.filter((id) => !all.includes(id))
  if (gone.length > 0) await NoticeListings.deleteMany({ _id: { $in: gone } })
  return all.filter((id) => !known.has(id))
}

type Seen = { _id: string; version: number }

/** What of the notice's customers has moved since its entry was made, with the versions at which it was seen. */
export function recipientsUnlisted(notice: string): Promise<Seen[]> {
  return Recipients.find({ notice, listed: false } as object, { version: 1 })
    .lean<Seen[]>()
    .exec()
}

/** False where another has written the entry since `seq` was read. Null: there was none. */
export async function writeListing(entry: Omit<NoticeListing, 'seq'>, seq: number | null): Promise<boolean> {
  const { _id, ...fields } = entry
  if (seq !== null) {
    const { matchedCount } = await NoticeListings.updateOne({ _id, seq }, { $set: fields, $inc: { seq: 1 } })
    return matchedCount === 1
  }
  try {
    await NoticeListings.create({ ...entry, seq: 1 })
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

const together = 1000

/** They stand in the entry as they were seen; whatever has moved since stays marked. */
export async function markListed(notice: Seen | null, recipients: readonly Seen[]): Promise<void> {
  if (notice)
    await Notices.updateOne(
      { _id: notice._id, version: notice.version },
      { $set: { listed: true } as object },
    )
  const versions = new Map<number, string[]>()
  for (const { _id, version } of recipients) {
    const ids = versions.get(version)
    if (ids) ids.push(_id)
    else versions.set(version, [_id])
  }
  for (const [version, ids] of versions)
    for (let at = 0; at < ids.length; at += together) {
      const some = ids.slice(at, at + together)
      await Recipients.updateMany({ _id: { $in: some }, version }, { $set: { listed: true } as object })
    }
}

export async function dropListing(id: string): Promise<void> {
  await NoticeListings.deleteOne({ _id: id })
}

/** The next notices in the order of their ids, to look over again and again. */
export async function noticesAfter(id: string, count: number): Promise<string[]> {
  const found = await Notices.find({ _id: { $gt: id } }, { _id: 1 })
    .sort({ _id: 1 })
    .limit(count)
    .lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}

function conditions({ q, filters, ids, ...query }: NoticeQuery): QueryFilter<NoticeListing> {
  const all: QueryFilter<NoticeListing>[] = [
    ...searchConditions<NoticeListing>('tokens', q),
    ...keysAsked({ q, filters, ids, ...query }).map((each) => ({ keys: { $in: each } })),
    ...(ids.length > 0 ? [{ reference: { $in: ids } }] : []),
  ]
  return all.length === 0 ? {} : { $and: all }
}
