/** Moves of a record with their entry in the log, in one go: for rooms whose cases and customers move in many ways. */
import type { Model } from 'mongoose'
import type { Context } from '../base/context.js'
import { NotFound, Refused } from '../base/errors.js'
import { moveOne, type Moved } from '../db/moves.js'
import { record } from './actions.js'

/** What the log says of a move: see `Move`. */
export type Said = { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> }

type Kept = Moved & { _id: string }

/** Null where somebody was quicker: it has moved since it was read. `gone`: optional fields that are emptied. */
export async function moveRecorded<T extends Kept>(
  { now: at, actor: by }: Context,
  model: Model<T>,
  { _id, version }: Pick<Kept, '_id' | 'version'>,
  changes: Partial<NoInfer<T>>,
  said: Said,
  gone: readonly (keyof NoInfer<T> & string)[] = [],
): Promise<T | null> {
  const which = { _id, version } as unknown as Parameters<typeof moveOne<T>>[1]
  const unset = gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, 1])) } : {}
  const update = { $set: changes, ...unset } as Parameters<typeof moveOne<T>>[2]
  const moved = await moveOne<T>(model, which, update, { at, by, ...said })
  if (moved) await record(model, moved)
  return moved
}

/** Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function mustMove<T extends Kept>(
  context: Context,
  model: Model<T>,
  known: Pick<Kept, '_id' | 'version'>,
  changes: Partial<NoInfer<T>>,
  said: Said,
  gone?: readonly (keyof NoInfer<T> & string)[],
): Promise<T> {
  const moved = await moveRecorded(context, model, known, changes, said, gone)
  if (!moved) throw new Refused('changed-meanwhile')
  return moved
}

const attempts = 5

/**
 * Decides on the record as it is now, and again where somebody was quicker: for what follows by itself, or has happened already, as a
 * call that was made while a mail came back. Null where nothing changes.
 */
export async function decideRecorded<T extends Kept>(
  context: Context,
  model: Model<T>,
  id: string,
  decide: (known: T) => (Said & { change: Partial<T> }) | null,
): Promise<T | null> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const known = await model.findById(id).lean<T>()
    if (!known) throw new NotFound()
    const decided = decide(known)
    if (!decided) return null
    const { change, ...said } = decided
    const moved = await moveRecorded(context, model, known, change, said)
    if (moved) return moved
  }
  throw new Refused('changed-meanwhile')
}
