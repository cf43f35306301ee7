import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import { nullable } from '../db/fields.js'
import { movedFields, type Move, type Moved } from '../db/moves.js'
import { saveOnly } from '../db/only.js'
import { searchConditions } from '../db/search.js'
import { pageAfter, type Page } from '../db/paging.js'
import { insertOnce } from '../db/unique.js'
import type { UpstreamNotice } from './rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    once: { type: String, required: true },
    source: { type: String, required: true },
    from: nullable(String),
    subject: nullable(String),
    text: nullable(String),
    file: nullable(String),
    receivedAt: { type: Date, required: true },
    proposals: nullable(Schema.Types.Mixed),
    vendor: nullable(String),
    engagements: { type: [String], default: [] },
    kinds: { type: [String], default: [] },
    what: { type: String, default: '' },
    further: nullable(String),
    going: nullable(String),
    startsOn: nullable(String),
    receivedOn: { type: String, required: true },
    objectUntil: nullable(String),
    limitFrom: nullable(String),
    state: { type: String, required: true },
    assessment: nullable(Schema.Types.Mixed),
    notices: { type: [String], default: [] },
    objection: nullable(Schema.Types.Mixed),
    closing: nullable(Schema.Types.Mixed),
    tokens: { type: [String], default: [] },
    open: { type: Boolean, required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true })
schema.index({ open: 1, receivedOn: -1, _id: -1 })
schema.index({ receivedOn: 1, _id: 1 })
schema.index({ vendor: 1, receivedOn: -1, _id: -1 })
schema.index({ engagements: 1, receivedOn: -1, _id: -1 })
schema.index({ notices: 1 })
schema.index({ sample: 1 })
export const UpstreamNotices = model<UpstreamNotice>(
  'upstream-notice',
  schema as unknown as Schema<UpstreamNotice>,
)
registerMoved(UpstreamNotices)

/** The notice as it is kept: the given one, or the one the same file or form made before. */
export async function insertUpstream(
  notice: UpstreamNotice,
): Promise<{ notice: UpstreamNotice; again: boolean }> {
  const before = await insertOnce(UpstreamNotices, notice, () => upstreamOnce(notice.once))
  return { notice: before ?? notice, again: before !== null }
}

export async function upstreamByReference(reference: string): Promise<UpstreamNotice | null> {
  return UpstreamNotices.findOne({ reference }).lean<UpstreamNotice>()
}

export async function upstreamById(id: string): Promise<UpstreamNotice | null> {
  return UpstreamNotices.findById(id).lean<UpstreamNotice>()
}

export async function upstreamOnce(once: string): Promise<UpstreamNotice | null> {
  return UpstreamNotices.findOne({ once }).lean<UpstreamNotice>()
}

/** Those that one of our own notices came of. */
export async function upstreamOfNotice(reference: string): Promise<UpstreamNotice[]> {
  return UpstreamNotices.find({ notices: reference }).limit(20).lean<UpstreamNotice[]>()
}

export async function upstreamOfEngagement(engagement: string): Promise<UpstreamNotice[]> {
  return UpstreamNotices.find({ engagements: engagement })
    .sort({ receivedOn: -1, _id: -1 })
    .limit(50)
    .lean<UpstreamNotice[]>()
}

/** What there is something left to do about, the last received first. */
export async function openUpstream(limit: number): Promise<UpstreamNotice[]> {
  return UpstreamNotices.find({ open: true })
    .sort({ receivedOn: -1, _id: -1 })
    .limit(limit)
    .lean<UpstreamNotice[]>()
}

export type UpstreamFilter = { q: string; show: 'open' | 'closed' | 'all' }

export function pageOfUpstream(
  { q, show }: UpstreamFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<UpstreamNotice>> {
  const words = searchConditions<UpstreamNotice>('tokens', q)
  const state = show === 'all' ? [] : [{ open: show === 'open' }]
  const all = [...state, ...words]
  return pageAfter(
    UpstreamNotices,
    all.length === 0 ? {} : { $and: all },
    { field: 'receivedOn', direction: -1 },
    cursor,
    size,
  )
}

/** How long our own work takes, as the house has set it. */
export type Handling = { _id: string; days: number } & Moved

const handlingSchema = new Schema(
  { ...movedFields, _id: { type: String, required: true }, days: { type: Number, required: true } },
  { versionKey: false },
)
export const Handlings = model<Handling>('upstream-handling', handlingSchema as unknown as Schema<Handling>)
registerMoved(Handlings)

const only = 'upstream-handling'

export async function readHandling(): Promise<Handling | null> {
  return Handlings.findById(only).lean<Handling>()
}

export async function saveHandling(days: number, move: Omit<Move, 'version'>): Promise<Handling> {
  return saveOnly(Handlings, only, { days }, move)
}
