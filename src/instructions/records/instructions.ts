import { model, Schema, type QueryFilter } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Day } from '../../base/day.js'
import { nullable } from '../../db/fields.js'
import { movedFields } from '../../db/moves.js'
import { pageAfter, type Page } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import { insertOnce } from '../../db/unique.js'
import { instructionListing, type Instruction } from '../rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    once: { type: String, required: true },
    customer: { type: String, required: true },
    customerReference: { type: String, required: true },
    customerName: { type: String, required: true },
    subject: { type: String, required: true },
    engagement: nullable(String),
    service: nullable(String),
    countries: { type: [String], default: [] },
    text: { type: String, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    channel: { type: String, required: true },
    givenOn: { type: String, required: true },
    files: { type: [String], default: [] },
    request: nullable(String),
    state: { type: String, required: true },
    endedOn: nullable(String),
    endedBecause: nullable(String),
    replaces: nullable(String),
    replacedBy: nullable(String),
    doubt: nullable(Schema.Types.Mixed),
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
// The same form sent twice, or the same order confirmed twice, is one instruction.
schema.index({ once: 1 }, { unique: true })
schema.index({ givenOn: -1, _id: -1 })
schema.index({ keys: 1, givenOn: -1, _id: -1 })
schema.index({ tokens: 1, givenOn: -1, _id: -1 })
schema.index({ customer: 1, givenOn: -1, _id: -1 })
schema.index({ engagement: 1, givenOn: -1, _id: -1 })
// Those that ended in a year; the others are not in it.
schema.index({ endedOn: 1, _id: 1 }, { partialFilterExpression: { endedOn: { $type: 'string' } } })
// Those that look unlawful.
schema.index({ 'doubt.on': 1, _id: 1 }, { partialFilterExpression: { 'doubt.on': { $type: 'string' } } })
schema.index({ sample: 1 })
export const Instructions = model<Instruction>('instruction', schema as unknown as Schema<Instruction>)
registerMoved(Instructions)

export async function insertInstruction(
  instruction: Instruction,
): Promise<{ instruction: Instruction; again: boolean }> {
  const before = await insertOnce(Instructions, { ...instruction, ...instructionListing(instruction) }, () =>
    instructionOnce(instruction.once),
  )
  return { instruction: before ?? instruction, again: before !== null }
}

export async function instructionOnce(once: string): Promise<Instruction | null> {
  return Instructions.findOne({ once }).lean<Instruction>()
}

export async function instructionByReference(reference: string): Promise<Instruction | null> {
  return Instructions.findOne({ reference }).lean<Instruction>()
}

const most = 200

/** The last given first. */
export async function instructionsOfCustomer(customer: string): Promise<Instruction[]> {
  return Instructions.find({ customer }).sort({ givenOn: -1, _id: -1 }).limit(most).lean<Instruction[]>()
}

/** Those that name the engagement, the last given first. */
export async function instructionsOfEngagement(engagement: string): Promise<Instruction[]> {
  return Instructions.find({ engagement }).sort({ givenOn: -1, _id: -1 }).limit(most).lean<Instruction[]>()
}

export type InstructionFilter = {
  q: string
  /** Keys of the listing, all of which have to be there. */
  keys: readonly string[]
  /** Only those that held on the day; null: whatever became of them. */
  on: Day | null
}

export function pageOfInstructions(
  { q, keys, on }: InstructionFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Instruction>> {
  const all = [
    ...(on === null
      ? []
      : [{ givenOn: { $lte: on } }, { $or: [{ endedOn: null }, { endedOn: { $gt: on } }] }]),
    ...keys.map((key) => ({ keys: key })),
    ...searchConditions<Instruction>('tokens', q),
  ] as QueryFilter<Instruction>[]
  return pageAfter(
    Instructions,
    all.length === 0 ? {} : { $and: all },
    { field: 'givenOn', direction: -1 },
    cursor,
    size,
  )
}

/** All that were given from one day to another, both included. */
export async function instructionsGivenBetween(from: Day, until: Day): Promise<Instruction[]> {
  return Instructions.find({ givenOn: { $gte: from, $lte: until } })
    .sort({ givenOn: -1, _id: -1 })
    .lean<Instruction[]>()
}

export async function instructionsEndedBetween(from: Day, until: Day): Promise<Instruction[]> {
  return Instructions.find({ endedOn: { $type: 'string', $gte: from, $lte: until } })
    .sort({ endedOn: 1, _id: 1 })
    .lean<Instruction[]>()
}

export async function instructionsDoubtedBetween(from: Day, until: Day): Promise<Instruction[]> {
  return Instructions.find({
    'doubt.on': { $type: 'string', $gte: from, $lte: until },
  } as QueryFilter<Instruction>)
    .sort({ 'doubt.on': 1, _id: 1 })
    .lean<Instruction[]>()
}
