import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Day } from '../../base/day.js'
import { nullable } from '../../db/fields.js'
import { movedFields } from '../../db/moves.js'
import { pageAfter, type Page } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import { insertOnce } from '../../db/unique.js'
import type { Breach, BreachState } from '../rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    once: { type: String, required: true },
    role: { type: String, required: true },
    state: { type: String, required: true },
    open: { type: Boolean, required: true },
    reportedBy: { type: String, required: true },
    report: String,
    vendor: nullable(String),
    vendorReference: nullable(String),
    vendorName: nullable(String),
    vendorContact: nullable(Schema.Types.Mixed),
    engagements: { type: [Schema.Types.Mixed], default: [] },
    ownServices: { type: [String], default: [] },
    from: nullable(String),
    until: nullable(String),
    vendorKnewAt: nullable(Date),
    vendorToldAt: nullable(Date),
    awareAt: { type: Date, required: true },
    awareOn: { type: String, required: true },
    derived: { type: Boolean, default: false },
    widenedAt: nullable(Date),
    content: { type: Schema.Types.Mixed, required: true },
    wordsAt: nullable(Date),
    phases: { type: [Schema.Types.Mixed], default: [] },
    risk: nullable(Schema.Types.Mixed),
    nobody: nullable(Schema.Types.Mixed),
    noBreach: nullable(Schema.Types.Mixed),
    authorityHours: { type: Number, required: true },
    authority: nullable(Schema.Types.Mixed),
    authorityNot: nullable(String),
    notes: { type: [Schema.Types.Mixed], default: [] },
    alerted: nullable(String),
    closing: nullable(Schema.Types.Mixed),
    closedAt: nullable(Date),
    tokens: { type: [String], default: [] },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true })
schema.index({ awareAt: -1, _id: -1 })
schema.index({ open: 1, awareAt: -1, _id: -1 })
schema.index({ state: 1, awareAt: -1, _id: -1 })
schema.index({ awareOn: 1, _id: 1 })
schema.index({ vendor: 1, awareAt: -1, _id: -1 })
schema.index({ sample: 1 })
export const Breaches = model<Breach>('breach', schema as unknown as Schema<Breach>)
registerMoved(Breaches)

/** The breach as it is kept: the given one, or the one the same form made before. */
export async function insertBreach(breach: Breach): Promise<{ breach: Breach; again: boolean }> {
  const before = await insertOnce(Breaches, breach, () => breachOnce(breach.once))
  return { breach: before ?? breach, again: before !== null }
}

/** What the same form has made already. */
export async function breachOnce(once: string): Promise<Breach | null> {
  return Breaches.findOne({ once }).lean<Breach>()
}

export async function breachByReference(reference: string): Promise<Breach | null> {
  return Breaches.findOne({ reference }).lean<Breach>()
}

export async function breachById(id: string): Promise<Breach | null> {
  return Breaches.findById(id).lean<Breach>()
}

export async function breachesByIds(ids: readonly string[]): Promise<Breach[]> {
  return Breaches.find({ _id: { $in: [...ids] } }).lean<Breach[]>()
}

export async function openBreaches(limit: number): Promise<Breach[]> {
  return Breaches.find({ open: true }).sort({ awareAt: -1, _id: -1 }).limit(limit).lean<Breach[]>()
}

export async function breachesOfVendor(vendor: string, limit: number): Promise<Breach[]> {
  return Breaches.find({ vendor }).sort({ awareAt: -1, _id: -1 }).limit(limit).lean<Breach[]>()
}

export async function breachesAware(from: Day, to: Day): Promise<Breach[]> {
  return Breaches.find({ awareOn: { $gte: from, $lte: to } }, { moves: 0, notes: 0, content: 0 })
    .sort({ awareOn: 1, _id: 1 })
    .lean<Breach[]>()
}

export type BreachFilter = { q: string; show: BreachState | 'open' | 'all' }

export function pageOfBreaches(
  { q, show }: BreachFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Breach>> {
  const all = [
    ...(show === 'all' ? [] : show === 'open' ? [{ open: true }] : [{ state: show }]),
    ...searchConditions<Breach>('tokens', q),
  ]
  return pageAfter(
    Breaches,
    all.length === 0 ? {} : { $and: all },
    { field: 'awareAt', direction: -1 },
    cursor,
    size,
  )
}
