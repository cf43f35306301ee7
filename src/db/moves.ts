import { setTimeout as sleep } from 'node:timers/promises'
import {
  Schema,
  type Model,
  type QueryFilter,
  type SchemaDefinitionProperty,
  type UpdateQuery,
} from 'mongoose'

/** One change of state, kept on the record itself until the audit log has it, and after. */
export type Move = {
  /** The record's version after the move; with the record's id it is the key of the log entry. */
  version: number
  at: Date
  by: { kind: 'staff' | 'customer' | 'vendor' | 'timer' | 'system'; id: string }
  /** Such as `notice.issued`. */
  event: string
  /** Ids, days, states: nothing personal. */
  facts: Record<string, unknown>
  /** Names, addresses, free text: goes to the erasable part of the audit log. */
  personal?: Record<string, unknown>
}

/** What every record that moves carries. `unlogged` until the audit log has all its moves. */
export type Moved = { version: number; moves: Move[]; unlogged: boolean }

/** Spread into a schema: `new Schema<Notice>({ ...movedFields, ... })`. */
export const movedFields: Record<keyof Moved, SchemaDefinitionProperty> = {
  version: { type: Number, required: true, default: 0 },
  moves: { type: [Schema.Types.Mixed], default: [] },
  // Only the few unlogged ones are in the index, so that the catch-up finds them at once.
  unlogged: { type: Boolean, default: false, index: { partialFilterExpression: { unlogged: true } } },
}

const attempts = 25

/**
 * For records that a list is kept beside, found by more than their own fields: false from the change itself on until the
 * list has taken it up. Spread into the schema.
 */
export const listedField = {
  listed: { type: Boolean, default: false, index: { partialFilterExpression: { listed: false } } },
  // Raised when something else of what the list shows has changed; `holds`: while such a change is being written.
  marks: Number,
  holds: { type: [Schema.Types.Mixed], default: undefined },
} as const

/**
 * The one way a record changes state: one conditional update of one document that applies `update`, raises the
 * version, and keeps `move` on the record. Null where the condition does not hold (any more).
 * Without a version in the filter a lost race is tried again, as long as the rest of the condition holds.
 */
export async function moveOne<T>(
  model: Model<T>,
  filter: QueryFilter<T> & { _id: unknown; version?: number },
  update: UpdateQuery<T>,
  move: Omit<Move, 'version'>,
): Promise<T | null> {
  if (typeof filter.version === 'number') return moveFrom(model, filter.version, filter, update, move)
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const current = await model.findOne(filter, { version: 1 }).lean<{ version?: number }>()
    if (!current) return null
    const moved = await moveFrom(model, current.version ?? 0, filter, update, move)
    if (moved) return moved
    await sleep(Math.random() * 5 * attempt)
  }
  throw new Error(`no move of ${model.modelName} in ${attempts} attempts: too many at once`)
}

/** For inserts: the fields of a record that has just come to be. */
export function firstMove(move: Omit<Move, 'version'>): Moved {
  return { version: 1, moves: [{ ...move, version: 1 }], unlogged: true }
}

async function moveFrom<T>(
  model: Model<T>,
  version: number,
  filter: QueryFilter<T>,
  update: UpdateQuery<T>,
  move: Omit<Move, 'version'>,
): Promise<T | null> {
  const whole = {
    ...update,
    $set: { ...update.$set, unlogged: true, ...(model.schema.path('listed') ? { listed: false } : {}) },
    $inc: { ...update.$inc, version: 1 },
    $push: { ...update.$push, moves: { ...move, version: version + 1 } },
  } as UpdateQuery<T>
  return model
    .findOneAndUpdate({ ...filter, version }, whole, { returnDocument: 'after' })
    .lean<T>()
    .exec()
}
