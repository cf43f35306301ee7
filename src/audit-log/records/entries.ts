import { model, Schema, type QueryFilter } from 'mongoose'
import type { Actor } from '../../base/context.js'
import { inOrderOfId } from '../../db/in-order-of-id.js'
import { insertNew } from '../../db/insert-new.js'
import { pageAfter, type Page } from '../../db/paging.js'
import type { Entry, Personal } from '../rules.js'

/** `unsealed` is no part of the entry: it goes away when the chain has it. */
type Row = Entry & { unsealed?: boolean }

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    about: { type: String, required: true },
    version: { type: Number, default: null },
    event: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: Object, required: true },
    facts: { type: Object, required: true },
    personalHash: { type: String, default: null },
    unsealed: { type: Boolean },
  },
  { collection: 'log-entries', versionKey: false, minimize: false },
)
schema.index({ at: -1, _id: -1 })
schema.index({ kind: 1, at: -1, _id: -1 })
schema.index({ kind: 1, about: 1, at: -1, _id: -1 })
schema.index({ 'by.id': 1, at: -1, _id: -1 })
schema.index({ 'by.kind': 1, at: -1, _id: -1 })
schema.index({ unsealed: 1, at: 1, _id: 1 }, { partialFilterExpression: { unsealed: true } })

const Entries = model<Row>('log-entry', schema)

const personalSchema = new Schema<Personal>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    about: { type: String, required: true },
    salt: { type: String, required: true },
    values: { type: Object, required: true },
  },
  { collection: 'log-personal', versionKey: false, minimize: false },
)
personalSchema.index({ kind: 1, about: 1 })

const Personals = model<Personal>('log-personal', personalSchema)

export async function insertEntries(entries: Entry[]): Promise<void> {
  await insertNew(
    Entries,
    entries.map((entry) => ({ ...entry, unsealed: true })),
  )
}

/** Those whose entry has personal values already keep the ones it has. Returns what is stored, by id. */
export async function insertPersonal(rows: Personal[]): Promise<Map<string, Personal>> {
  const added = await insertNew(Personals, rows)
  const stored =
    added === rows.length ? rows : await Personals.find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean()
  return new Map(stored.map((row) => [row._id, row]))
}

export async function entriesById(ids: string[]): Promise<Map<string, Entry>> {
  const rows = await Entries.find({ _id: { $in: ids } }, { unsealed: 0 }).lean<Entry[]>()
  return new Map(rows.map((row) => [row._id, row]))
}

export async function knownEntries(ids: string[]): Promise<Set<string>> {
  const rows = await Entries.find({ _id: { $in: ids } }, { _id: 1 }).lean()
  return new Set(rows.map(({ _id }) => _id))
}

export async function personalById(ids: string[]): Promise<Map<string, Personal>> {
  const rows = await Personals.find({ _id: { $in: ids } }).lean()
  return new Map(rows.map((row) => [row._id, row]))
}

export async function deletePersonal(kind: string, about: string[]): Promise<number> {
  const { deletedCount } = await Personals.deleteMany({ kind, about: { $in: about } })
  return deletedCount
}

/** Newest first. */
export async function entriesAbout(kind: string, about: string, limit: number): Promise<Entry[]> {
  return Entries.find({ kind, about }, { unsealed: 0 }).sort({ at: -1, _id: -1 }).limit(limit).lean<Entry[]>()
}

/** Everything about these records of one kind, in no order. */
export async function allEntriesAbout(kind: string, about: readonly string[]): Promise<Entry[]> {
  return Entries.find({ kind, about: { $in: [...about] } }, { unsealed: 0 }).lean<Entry[]>()
}

/** Whether the log has an event about that record in which the fact has that value. */
export async function hasEventWith(
  { kind, id }: { kind: string; id: string },
  event: string,
  [fact, value]: [string, string],
): Promise<boolean> {
  return (await Entries.exists({ kind, about: id, event, [`facts.${fact}`]: value })) !== null
}

export async function hasEvent(kind: string, about: string, event: string): Promise<boolean> {
  return (await Entries.exists({ kind, about, event })) !== null
}

/** In the order they are sealed in: as they happened. */
export async function unsealedEntries(limit: number): Promise<Entry[]> {
  return Entries.find({ unsealed: true }, { unsealed: 0 })
    .sort({ at: 1, _id: 1 })
    .limit(limit)
    .lean<Entry[]>()
}

export async function noteSealed(ids: string[]): Promise<void> {
  await Entries.updateMany({ _id: { $in: ids } }, { $unset: { unsealed: 1 } })
}

export async function countUnsealed(): Promise<number> {
  return Entries.countDocuments({ unsealed: true })
}

/** Ids of entries that say they are sealed, in order of id, after `after`. */
export async function sealedIds(after: string, limit: number): Promise<string[]> {
  const rows = await Entries.find({ _id: { $gt: after }, unsealed: { $ne: true } }, { _id: 1 })
    .sort({ _id: 1 })
    .limit(limit)
    .lean()
  return rows.map(({ _id }) => _id)
}

export type EntryFilter = {
  kind?: string
  about?: string
  /** An actor's id. */
  by?: string
  /** Whatever acted of this kind. */
  byKind?: Actor['kind']
  from?: Date
  before?: Date
}

export async function entriesPage(filter: EntryFilter, cursor: string | undefined): Promise<Page<Entry>> {
  const { kind, about, by, byKind, from, before } = filter
  const query: QueryFilter<Row> = {
    ...(kind ? { kind } : {}),
    ...(about ? { about } : {}),
    ...(by ? { 'by.id': by } : {}),
    ...(byKind ? { 'by.kind': byKind } : {}),
    ...(from || before
      ? { at: { ...(from ? { $gte: from } : {}), ...(before ? { $lt: before } : {}) } }
      : {}),
  }
  return pageAfter<Row>(Entries, query, { field: 'at', direction: -1 }, cursor, 50)
}

/** All there are, some at a time, in the order of their ids. */
export async function* everyEntry(): AsyncGenerator<Entry[]> {
  yield* inOrderOfId(Entries, { unsealed: 0 })
}

/** Another one whenever anything has been logged; asks for no more than the newest entry. */
export async function markOfLog(): Promise<string> {
  const [count, newest] = await Promise.all([
    Entries.estimatedDocumentCount(),
    Entries.findOne({}, { _id: 1 }).sort({ at: -1, _id: -1 }).lean(),
  ])
  return `${count} ${newest?._id ?? ''}`
}

/** The kinds of records there are entries about. */
export async function entryKinds(): Promise<string[]> {
  return (await Entries.distinct('kind')).sort()
}
