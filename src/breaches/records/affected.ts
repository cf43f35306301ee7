import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { nullable } from '../../db/fields.js'
import { insertNew } from '../../db/insert-new.js'
import { movedFields } from '../../db/moves.js'
import { pageAfter, type Page } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import type { AffectedCustomer, Told } from '../rules.js'

const many = { type: [Schema.Types.Mixed], default: [] }

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    breach: { type: String, required: true },
    breachReference: String,
    customer: { type: String, required: true },
    customerReference: String,
    customerName: String,
    sortKey: String,
    tokens: { type: [String], default: [] },
    services: { type: [String], default: [] },
    standing: { type: String, required: true },
    because: nullable(String),
    unused: many,
    foundAt: nullable(Date),
    hours: nullable(Number),
    until: nullable(Date),
    told: { type: String, required: true },
    toldAt: nullable(Date),
    toldHow: nullable(String),
    phase: { type: Number, default: 0 },
    latest: { type: String, required: true },
    phases: many,
    calls: many,
    registered: many,
    receipts: many,
    questions: many,
    asks: { type: Boolean, default: false },
    order: { type: String, required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ breach: 1, standing: 1, order: 1, _id: 1 })
schema.index({ breach: 1, standing: 1, told: 1, until: 1, order: 1, _id: 1 })
schema.index({ breach: 1, standing: 1, told: 1, toldAt: 1 })
schema.index({ breach: 1, standing: 1, latest: 1 })
schema.index({ breach: 1, standing: 1, phase: 1 })
schema.index({ breach: 1, asks: 1 })
schema.index({ breach: 1, order: 1, _id: 1 })
schema.index({ customer: 1, _id: 1 })
schema.index({ sample: 1 })
export const BreachCustomers = model<AffectedCustomer>(
  'breach-customer',
  schema as unknown as Schema<AffectedCustomer>,
)
registerMoved(BreachCustomers)

/** Those that are not there yet; returns how many that were. */
export async function insertAffected(customers: AffectedCustomer[]): Promise<number> {
  return insertNew(BreachCustomers, customers)
}

export async function affectedById(id: string): Promise<AffectedCustomer | null> {
  return BreachCustomers.findById(id).lean<AffectedCustomer>()
}

export async function affectedByIds(ids: readonly string[]): Promise<AffectedCustomer[]> {
  return BreachCustomers.find({ _id: { $in: [...ids] } }).lean<AffectedCustomer[]>()
}

/** One customer's part in every breach that concerned it. */
export async function affectedOfCustomer(customer: string): Promise<AffectedCustomer[]> {
  return BreachCustomers.find({ customer }).sort({ _id: 1 }).lean<AffectedCustomer[]>()
}

export type AffectedFilter = { q: string; told: Told | null; standing: AffectedCustomer['standing'] | null }

/** Those to be called first come first. */
export function pageOfAffected(
  breach: string,
  { q, told, standing }: AffectedFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<AffectedCustomer>> {
  const all = [
    { breach },
    ...(standing === null ? [] : [{ standing }]),
    ...(told === null ? [] : [{ told }]),
    ...searchConditions<AffectedCustomer>('tokens', q),
  ]
  return pageAfter(BreachCustomers, { $and: all }, { field: 'order', direction: 1 }, cursor, size)
}

const known = { moves: 0 } as const

/** All that are affected, in the order they are called in, some at a time. */
export function everyAffected(breach: string, size = 500): AsyncGenerator<AffectedCustomer[]> {
  return affectedInOrder<AffectedCustomer>(breach, known, size)
}

/** The same with no more than when each was told and by when it was to be. */
export function notifiedOf(
  breach: string,
): AsyncGenerator<Pick<AffectedCustomer, '_id' | 'order' | 'toldAt' | 'until' | 'foundAt'>[]> {
  return affectedInOrder(breach, { order: 1, toldAt: 1, until: 1, foundAt: 1 }, 1000)
}

async function* affectedInOrder<Each extends { order: string }>(
  breach: string,
  fields: Record<string, 0 | 1>,
  size: number,
): AsyncGenerator<Each[]> {
  let after: string | null = null
  for (;;) {
    const found: Each[] = await BreachCustomers.find(
      {
        breach,
        standing: 'affected',
        ...(after === null ? {} : { order: { $gt: after } }),
      },
      fields,
    )
      .sort({ order: 1, _id: 1 })
      .limit(size)
      .lean<Each[]>()
    const last = found.at(-1)
    if (!last) return
    yield found
    after = last.order
  }
}

export async function countAffected(
  breach: string,
  filter: { told?: Told[]; latest?: Told[]; standing?: AffectedCustomer['standing'] } = {},
): Promise<number> {
  return BreachCustomers.countDocuments({
    breach,
    standing: filter.standing ?? 'affected',
    ...(filter.told ? { told: { $in: filter.told } } : {}),
    ...(filter.latest ? { latest: { $in: filter.latest } } : {}),
  })
}

export async function countAsking(breach: string): Promise<number> {
  return BreachCustomers.countDocuments({ breach, asks: true })
}

export async function askingIn(breach: string, limit: number): Promise<AffectedCustomer[]> {
  return BreachCustomers.find({ breach, asks: true }).limit(limit).lean<AffectedCustomer[]>()
}

/** The earliest last instant of those who have not been told; null where there is none. */
export async function firstUntil(breach: string): Promise<Date | null> {
  const ends = await Promise.all(
    (['no', 'queued', 'undelivered'] as const).map(async (told) => {
      const found = await BreachCustomers.findOne(
        { breach, standing: 'affected', told, until: { $ne: null } },
        { until: 1 },
      )
        .sort({ until: 1 })
        .lean<Pick<AffectedCustomer, 'until'>>()
      return found?.until ?? null
    }),
  )
  return ends.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null)
}

/** When the first of the affected was told; null where nobody was. */
export async function firstTold(breach: string): Promise<Date | null> {
  const found = await BreachCustomers.findOne({ breach, standing: 'affected', told: 'told' }, { toldAt: 1 })
    .sort({ toldAt: 1 })
    .lean<Pick<AffectedCustomer, 'toldAt'>>()
  return found?.toldAt ?? null
}

/** Those to whom this phase has not been sent, some at a time. */
export async function affectedBefore(
  breach: string,
  phase: number,
  limit: number,
): Promise<AffectedCustomer[]> {
  return BreachCustomers.find({ breach, standing: 'affected', phase: { $lt: phase } })
    .limit(limit)
    .lean<AffectedCustomer[]>()
}
