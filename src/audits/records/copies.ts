import { model, Schema, type QueryFilter } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { nullable } from '../../db/fields.js'
import { insertNew } from '../../db/insert-new.js'
import { movedFields } from '../../db/moves.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import { copyStates, type Copy, type CopyState } from '../rules/sending.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    audit: { type: String, required: true },
    reference: { type: String, required: true },
    year: { type: Number, required: true },
    edition: { type: Number, required: true },
    customer: { type: String, required: true },
    customerReference: { type: String, required: true },
    customerName: { type: String, required: true },
    sortKey: { type: String, required: true },
    tokens: { type: [String], default: [] },
    way: { type: String, required: true },
    state: { type: String, required: true },
    toldOn: nullable(String),
    undelivered: nullable(String),
    round: { type: Number, default: 0 },
    replaces: { type: String, default: '' },
    receipt: nullable(Schema.Types.Mixed),
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ audit: 1, sortKey: 1, _id: 1 })
schema.index({ audit: 1, state: 1, sortKey: 1, _id: 1 })
schema.index({ audit: 1, tokens: 1, sortKey: 1, _id: 1 })
schema.index({ audit: 1, 'receipt.on': 1 })
schema.index({ customer: 1, year: -1, edition: -1 })
schema.index({ state: 1, _id: 1 })
schema.index({ sample: 1 })
export const Copies = model<Copy>('declaration-copy', schema as unknown as Schema<Copy>)
registerMoved(Copies)

/** Those that are there already stay as they are; how many were new. */
export async function insertCopies(copies: Copy[]): Promise<number> {
  return insertNew(Copies, copies)
}

export async function copiesByIds(ids: readonly string[]): Promise<Copy[]> {
  return Copies.find({ _id: { $in: [...ids] } }).lean<Copy[]>()
}

/** Those of other audits than these. */
export async function copiesToSend(but: readonly string[], limit: number): Promise<Copy[]> {
  return Copies.find({ state: 'to-send', audit: { $nin: [...but] } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Copy[]>()
}

/** Whoever has that edition, in the order of their ids. */
export async function holdersAfter(audit: string, after: string, limit: number): Promise<Copy[]> {
  return Copies.find({ _id: { $gt: after === '' ? `${audit}/` : after, $lt: `${audit}/\uffff` } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Copy[]>()
}

/** All a customer has, the latest first. */
export async function copiesOfCustomer(customer: string): Promise<Copy[]> {
  return Copies.find({ customer }).sort({ year: -1, edition: -1 }).limit(100).lean<Copy[]>()
}

export type CopyFilter = { audit: string; q: string; state: CopyState | '' }

export function pageOfCopies(
  filter: CopyFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Copy>> {
  const { audit, q, state } = filter
  const all = [{ audit }, ...(state ? [{ state }] : []), ...searchConditions<Copy>('tokens', q)]
  return pageAfter(
    Copies,
    { $and: all as QueryFilter<Copy>[] },
    { field: 'sortKey', direction: 1 },
    cursor,
    size,
  )
}

export type Counted = { count: number; capped: boolean }

/** How many copies there are in each state, and how many customers have confirmed theirs. */
export async function countCopies(
  audit: string,
  most: number,
): Promise<Record<CopyState | 'confirmed', Counted>> {
  const counted = await Promise.all([
    ...copyStates.map((state) => cappedCount(Copies, { audit, state }, most)),
    cappedCount(Copies, { audit, 'receipt.on': { $gt: '' } }, most),
  ])
  return Object.fromEntries(
    [...copyStates, 'confirmed'].map((name, place) => [name, counted[place]]),
  ) as Record<CopyState | 'confirmed', Counted>
}

export async function anyCopyOf(audit: string): Promise<boolean> {
  return (await Copies.exists({ audit })) !== null
}
