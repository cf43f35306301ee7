import type { Model, QueryFilter, UpdateQuery } from 'mongoose'
import { isTaken } from './unique.js'
import { firstMove, moveOne, type Move, type Moved } from './moves.js'

/** Changes the one record of its kind there is, such as an organisation's settings; the first change makes it. */
export async function saveOnly<T extends { _id: string } & Moved>(
  model: Model<T>,
  _id: T['_id'],
  fields: Omit<T, '_id' | keyof Moved>,
  move: Omit<Move, 'version'>,
): Promise<T> {
  const change = () =>
    moveOne(model, { _id } as QueryFilter<T> & { _id: string }, { $set: fields } as UpdateQuery<T>, move)
  const moved = await change()
  if (moved) return moved
  const created = { _id, ...fields, ...firstMove(move) } as unknown as T
  try {
    await model.create(created)
    return created
  } catch (error) {
    // Two first changes at once: the later one changes what the first made.
    const second = isTaken(error) ? await change() : null
    if (!second) throw error
    return second
  }
}
