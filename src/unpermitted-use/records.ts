import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import type { Day } from '../base/day.js'
import { nullable } from '../db/fields.js'
import { insertNew } from '../db/insert-new.js'
import { movedFields } from '../db/moves.js'
import { pageAfter, type Page } from '../db/paging.js'
import { searchConditions } from '../db/search.js'
import { insertOnce } from '../db/unique.js'
import type { AffectedCustomer, UseCase } from './rules.js'

const caseSchema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    once: { type: String, required: true },
    engagement: { type: String, required: true },
    engagementReference: String,
    vendorName: String,
    activity: Schema.Types.Mixed,
    dataCategories: [String],
    subjects: [String],
    storageCountries: [String],
    accessCountries: [String],
    services: [String],
    since: { type: String, required: true },
    discoveredOn: { type: String, required: true },
    how: String,
    stopped: nullable(Schema.Types.Mixed),
    what: nullable(Schema.Types.Mixed),
    done: nullable(Schema.Types.Mixed),
    sending: nullable(Schema.Types.Mixed),
    derived: { type: Boolean, default: false },
    lesson: nullable(String),
    closedOn: nullable(String),
    open: { type: Boolean, required: true },
    tokens: { type: [String], default: [] },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
caseSchema.index({ reference: 1 }, { unique: true })
caseSchema.index({ once: 1 }, { unique: true })
caseSchema.index({ open: 1, discoveredOn: -1, _id: -1 })
caseSchema.index({ discoveredOn: 1, _id: 1 })
caseSchema.index({ engagement: 1, discoveredOn: -1 })
caseSchema.index({ sample: 1 })
export const UseCases = model<UseCase>('unpermitted-use', caseSchema as unknown as Schema<UseCase>)
registerMoved(UseCases)

const affectedSchema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    useCase: { type: String, required: true },
    caseReference: String,
    customer: { type: String, required: true },
    customerReference: String,
    customerName: String,
    sortKey: String,
    tokens: { type: [String], default: [] },
    since: String,
    until: nullable(String),
    standing: { type: String, required: true },
    because: nullable(String),
    told: { type: String, required: true },
    toldOn: nullable(String),
    undelivered: nullable(String),
    round: { type: Number, default: 0 },
    delivery: nullable(Schema.Types.Mixed),
    approvedFrom: nullable(String),
    approvedBy: nullable(String),
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
affectedSchema.index({ useCase: 1, sortKey: 1, _id: 1 })
affectedSchema.index({ useCase: 1, standing: 1, told: 1, sortKey: 1, _id: 1 })
affectedSchema.index({ useCase: 1, standing: 1, approvedFrom: 1, _id: 1 })
affectedSchema.index({ customer: 1 })
affectedSchema.index({ sample: 1 })
export const AffectedCustomers = model<AffectedCustomer>(
  'unpermitted-customer',
  affectedSchema as unknown as Schema<AffectedCustomer>,
)
registerMoved(AffectedCustomers)

/** The case as it is kept: the given one, or the one the same form made before. */
export async function insertCase(useCase: UseCase): Promise<{ useCase: UseCase; again: boolean }> {
  const before = await insertOnce(UseCases, useCase, () =>
    UseCases.findOne({ once: useCase.once }).lean<UseCase>(),
  )
  return { useCase: before ?? useCase, again: before !== null }
}

export async function caseByReference(reference: string): Promise<UseCase | null> {
  return UseCases.findOne({ reference }).lean<UseCase>()
}

export async function engagementsWithOpenCase(): Promise<Set<string>> {
  return new Set(await UseCases.distinct('engagement', { open: true }))
}

export async function casesOfEngagement(engagement: string): Promise<UseCase[]> {
  return UseCases.find({ engagement }).sort({ discoveredOn: -1 }).limit(50).lean<UseCase[]>()
}

export async function openCases(limit: number): Promise<UseCase[]> {
  return UseCases.find({ open: true }).sort({ discoveredOn: -1, _id: -1 }).limit(limit).lean<UseCase[]>()
}

export async function casesDiscovered(from: Day, to: Day): Promise<UseCase[]> {
  return UseCases.find({ discoveredOn: { $gte: from, $lte: to } })
    .sort({ discoveredOn: 1, _id: 1 })
    .lean<UseCase[]>()
}

export type CaseFilter = { q: string; show: 'open' | 'closed' | 'all' }

export function pageOfCases(
  { q, show }: CaseFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<UseCase>> {
  const all = [
    ...(show === 'all' ? [] : [{ open: show === 'open' }]),
    ...searchConditions<UseCase>('tokens', q),
  ]
  const sort = { field: 'discoveredOn', direction: -1 } as const
  return pageAfter(UseCases, all.length === 0 ? {} : { $and: all }, sort, cursor, size)
}

/** Those that are not there yet; returns how many that were. */
export async function insertAffected(customers: AffectedCustomer[]): Promise<number> {
  return insertNew(AffectedCustomers, customers)
}

export async function affectedById(id: string): Promise<AffectedCustomer | null> {
  return AffectedCustomers.findById(id).lean<AffectedCustomer>()
}

export async function affectedByIds(ids: readonly string[]): Promise<AffectedCustomer[]> {
  return AffectedCustomers.find({ _id: { $in: [...ids] } }).lean<AffectedCustomer[]>()
}

export type AffectedFilter = {
  q: string
  told: AffectedCustomer['told'] | null
  standing: AffectedCustomer['standing'] | null
}

export function pageOfAffected(
  useCase: string,
  { q, told, standing }: AffectedFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<AffectedCustomer>> {
  const all = [
    { useCase },
    ...(standing === null ? [] : [{ standing }]),
    ...(told === null ? [] : [{ told }]),
    ...searchConditions<AffectedCustomer>('tokens', q),
  ]
  return pageAfter(AffectedCustomers, { $and: all }, { field: 'sortKey', direction: 1 }, cursor, size)
}

export async function countAffected(
  useCase: string,
  filter: { told?: AffectedCustomer['told'][]; unapproved?: true } = {},
): Promise<number> {
  return AffectedCustomers.countDocuments({
    useCase,
    standing: 'affected',
    ...(filter.told ? { told: { $in: filter.told } } : {}),
    ...(filter.unapproved ? { approvedFrom: null } : {}),
  })
}

/** Those still to be told in this round, some at a time. */
export async function affectedToTell(
  useCase: string,
  round: number,
  limit: number,
): Promise<AffectedCustomer[]> {
  return AffectedCustomers.find({
    useCase,
    standing: 'affected',
    told: { $in: ['no', 'undelivered'] },
    round: { $lt: round },
  })
    .limit(limit)
    .lean<AffectedCustomer[]>()
}

/** Those without an approval since, some at a time in the order of their ids. */
export async function affectedUnapproved(
  useCase: string,
  after: string,
  limit: number,
): Promise<AffectedCustomer[]> {
  return AffectedCustomers.find({ useCase, standing: 'affected', approvedFrom: null, _id: { $gt: after } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<AffectedCustomer[]>()
}

export { findings, keepFinding, keepFindings } from './records/findings.js'
