import { model, Schema, type QueryFilter } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import type { Day } from '../base/day.js'
import { nullable } from '../db/fields.js'
import { movedFields } from '../db/moves.js'
import { cappedCount, pageAfter, type Page } from '../db/paging.js'
import { searchConditions } from '../db/search.js'
import { insertOnce } from '../db/unique.js'
import { findingListing, type Finding, type FindingSource } from './rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    // One per thing that found it, however often that is looked at.
    once: { type: String, required: true },
    source: { type: Schema.Types.Mixed, required: true },
    vendor: nullable(String),
    vendorName: nullable(String),
    engagements: { type: [String], default: [] },
    text: { type: Schema.Types.Mixed, required: true },
    severity: { type: String, required: true },
    owner: nullable(Schema.Types.Mixed),
    openedOn: { type: String, required: true },
    dueOn: { type: String, required: true },
    state: { type: String, required: true },
    running: { type: Boolean, required: true },
    asks: { type: Boolean, default: false },
    remindOn: nullable(String),
    remindersStopped: nullable(Schema.Types.Mixed),
    notes: { type: [Schema.Types.Mixed], default: [] },
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    order: { type: String, required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true })
schema.index({ order: 1, _id: 1 })
schema.index({ keys: 1, order: 1, _id: 1 })
schema.index({ vendor: 1, order: 1, _id: 1 })
schema.index({ engagements: 1, order: 1, _id: 1 })
schema.index({ running: 1, dueOn: 1, _id: 1 })
schema.index({ openedOn: 1, _id: 1 })
schema.index({ 'source.kind': 1, 'source.id': 1, order: 1, _id: 1 })
// Only those of whom somebody is still reminded are in the index.
schema.index({ remindOn: 1, _id: 1 }, { partialFilterExpression: { remindOn: { $type: 'string' } } })
// Whether anything has moved, from the index alone.
schema.index({ version: 1 })
schema.index({ sample: 1 })
export const Findings = model<Finding>('finding', schema as unknown as Schema<Finding>)
registerMoved(Findings)

function onceOf({ kind, id, item }: FindingSource): string {
  return `${kind}/${id}/${item}`
}

/** The finding as it is kept: the given one, or the one that the same thing found before. */
export async function insertFinding(finding: Finding): Promise<{ finding: Finding; again: boolean }> {
  const once = onceOf(finding.source)
  const before = await insertOnce(Findings, { ...finding, once, ...findingListing(finding) } as Finding, () =>
    findingOnce(finding.source),
  )
  return { finding: before ?? finding, again: before !== null }
}

export async function findingOnce(source: FindingSource): Promise<Finding | null> {
  return Findings.findOne({ once: onceOf(source) } as QueryFilter<Finding>).lean<Finding>()
}

export async function findingByReference(reference: string): Promise<Finding | null> {
  return Findings.findOne({ reference }).lean<Finding>()
}

export async function findingById(id: string): Promise<Finding | null> {
  return Findings.findById(id).lean<Finding>()
}

const most = 200

/** What one thing has found: a questionnaire, a statement, a rule. */
export async function findingsOf({ kind, id }: Pick<FindingSource, 'kind' | 'id'>): Promise<Finding[]> {
  return Findings.find({ 'source.kind': kind, 'source.id': id })
    .sort({ order: 1, _id: 1 })
    .limit(most)
    .lean<Finding[]>()
}

/** Those that run first. */
export async function findingsOfVendor(vendor: string): Promise<Finding[]> {
  return Findings.find({ vendor }).sort({ order: 1, _id: 1 }).limit(most).lean<Finding[]>()
}

export async function findingsOfEngagement(engagement: string): Promise<Finding[]> {
  return Findings.find({ engagements: engagement }).sort({ order: 1, _id: 1 }).limit(most).lean<Finding[]>()
}

/** Those that run, the first due first. */
export async function openFindings(limit: number): Promise<Finding[]> {
  return Findings.find({ running: true }).sort({ dueOn: 1, _id: 1 }).limit(limit).lean<Finding[]>()
}

/** Those to be mended in those days, whether they are or not; of each kind as many at the most. */
export async function findingsDueBetween(from: Day, to: Day, limit: number): Promise<Finding[]> {
  const found = await Promise.all(
    [true, false].map(async (running) =>
      Findings.find({ running, dueOn: { $gte: from, $lte: to } })
        .sort({ dueOn: 1, _id: 1 })
        .limit(limit)
        .lean<Finding[]>(),
    ),
  )
  return found.flat()
}

/** Those about which somebody is to be reminded by that day. */
export async function findingsToRemind(today: Day, limit: number): Promise<Finding[]> {
  return Findings.find({ remindOn: { $type: 'string', $lte: today } })
    .sort({ remindOn: 1, _id: 1 })
    .limit(limit)
    .lean<Finding[]>()
}

/** 'running', 'overdue' or a state; of several, one has to hold. Empty: all. */
export type FindingFilter = {
  q: string
  states: readonly string[]
  severities: readonly string[]
  /** Ids; empty: all. */
  vendors: readonly string[]
  today: Day
}

export function pageOfFindings(
  filter: FindingFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Finding>> {
  return pageAfter(Findings, asked(filter), { field: 'order', direction: 1 }, cursor, size)
}

export function countFindings(filter: FindingFilter): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Findings, asked(filter))
}

function asked({ q, states, severities, vendors, today }: FindingFilter): QueryFilter<Finding> {
  const keys = states.filter((state) => state !== 'overdue').map((state) => `state:${state}`)
  // The order of those that run begins with '0' and the day they are due: see rules/listing.ts.
  const overdue = { order: { $lt: `0${today}` } }
  const inState = states.includes('overdue')
    ? keys.length === 0
      ? overdue
      : { $or: [overdue, { keys: { $in: keys } }] }
    : { keys: { $in: keys } }
  const all = [
    ...(states.length === 0 ? [] : [inState]),
    ...(severities.length === 0 ? [] : [{ keys: { $in: severities.map((each) => `severity:${each}`) } }]),
    ...(vendors.length === 0 ? [] : [{ vendor: { $in: [...vendors] } }]),
    ...searchConditions<Finding>('tokens', q),
  ] as QueryFilter<Finding>[]
  return all.length === 0 ? {} : { $and: all }
}
