import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import type { Day } from '../base/day.js'
import { nullable } from '../db/fields.js'
import { firstMove, movedFields, type Move, type Moved } from '../db/moves.js'
import { pageAfter, type Page } from '../db/paging.js'
import { searchConditions } from '../db/search.js'
import { isTaken } from '../db/unique.js'
import type { Listing, Statement, StatementFilter } from './rules.js'

type Stored = Statement & Listing & { once: string | null }

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    /** Vendor and hash: the same file twice is one statement. Gone once it is withdrawn. */
    once: nullable(String),
    vendor: { type: String, required: true },
    state: { type: String, required: true },
    request: nullable(Schema.Types.Mixed),
    facts: nullable(Schema.Types.Mixed),
    origins: { type: Schema.Types.Mixed, default: {} },
    exceptions: { type: [Schema.Types.Mixed], default: [] },
    subservices: { type: [Schema.Types.Mixed], default: [] },
    cuecs: { type: [Schema.Types.Mixed], default: [] },
    file: nullable(String),
    fileHash: nullable(String),
    receivedOn: nullable(String),
    receivedFrom: nullable(Schema.Types.Mixed),
    receivedNote: { type: String, default: '' },
    reading: nullable(Schema.Types.Mixed),
    checklist: { type: Schema.Types.Mixed, default: {} },
    conclusion: nullable(Schema.Types.Mixed),
    replaces: nullable(String),
    replacedBy: nullable(String),
    until: nullable(String),
    expectedOn: nullable(String),
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    byVendor: { type: String, default: '' },
    byReceived: { type: String, default: '' },
    byExpected: { type: String, default: '9999-12-31' },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ once: 1 }, { unique: true, partialFilterExpression: { once: { $type: 'string' } } })
schema.index({ vendor: 1, byReceived: -1, _id: -1 })
schema.index({ keys: 1, byReceived: -1, _id: -1 })
schema.index({ keys: 1, byVendor: 1, _id: 1 })
schema.index({ keys: 1, byExpected: 1, _id: 1 })
schema.index({ fileHash: 1 })
schema.index({ 'conclusion.on': 1, _id: 1 })
// Whether anything has moved, from the index alone.
schema.index({ version: 1 })
schema.index({ sample: 1 })
export const Statements = model<Statement>('statement', schema as unknown as Schema<Statement>)
registerMoved(Statements)

/** The statement as it is kept: the given one, or null where the vendor's same file is here already. */
export async function insertStatement(
  statement: Omit<Statement, keyof Moved> & { once: string | null },
  listing: Listing,
  move: Omit<Move, 'version'>,
): Promise<Statement | null> {
  const whole = { ...statement, ...listing, ...firstMove(move) }
  try {
    await Statements.create(whole as unknown as Statement)
    return whole
  } catch (error) {
    if (!isTaken(error)) throw error
    return null
  }
}

/** What lists find it by; derived, so no move. */
export async function keepListing(_id: string, listing: Listing): Promise<void> {
  await Statements.updateOne({ _id }, { $set: listing as unknown as Partial<Statement> })
}

export async function statementByReference(reference: string): Promise<Statement | null> {
  return Statements.findOne({ reference }).lean<Statement>()
}

export async function statementById(_id: string): Promise<Statement | null> {
  return Statements.findById(_id).lean<Statement>()
}

export async function statementByOnce(once: string): Promise<Statement | null> {
  return Statements.findOne({ once } as never).lean<Statement>()
}

const mostOfVendor = 300

/** The last received first. */
export async function statementsOfVendor(vendor: string): Promise<Statement[]> {
  return Statements.find({ vendor }).sort({ byReceived: -1, _id: -1 }).limit(mostOfVendor).lean<Statement[]>()
}

/** Of some vendors at a time, in no order. */
export async function statementsOfVendors(vendors: readonly string[]): Promise<Statement[]> {
  return vendors.length === 0 ? [] : Statements.find({ vendor: { $in: [...vendors] } }).lean<Statement[]>()
}

export async function statementByFile(hash: string, vendor: string): Promise<Statement | null> {
  return Statements.findOne({ fileHash: hash, vendor, state: { $ne: 'withdrawn' } }).lean<Statement>()
}

const sorts = {
  received: { field: 'byReceived', direction: -1 },
  vendor: { field: 'byVendor', direction: 1 },
  expected: { field: 'byExpected', direction: 1 },
} as const

export function pageOfStatements(
  { q, show, kind, sort }: StatementFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Statement>> {
  const keys = [`show:${show}`, ...(kind === null ? [] : [`kind:${kind}`])]
  const all = [...keys.map((key) => ({ keys: key })), ...searchConditions<Stored>('tokens', q)]
  return pageAfter(Statements, { $and: all } as never, sorts[sort], cursor, size)
}

/** In one state, the last received first. */
export async function statementsIn(key: string, limit: number): Promise<Statement[]> {
  return Statements.find({ keys: key } as never)
    .sort({ byReceived: -1, _id: -1 })
    .limit(limit)
    .lean<Statement[]>()
}

/** Accepted ones whose successor was expected before that day, the longest overdue first. */
export async function statementsOverdue(today: Day, limit: number): Promise<Statement[]> {
  return Statements.find({ keys: 'show:accepted', byExpected: { $lt: today } } as never)
    .sort({ byExpected: 1, _id: 1 })
    .limit(limit)
    .lean<Statement[]>()
}

export * from './records/settings.js'
