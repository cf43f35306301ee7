import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'

/** A person's subscription to their due dates; `_id` is the person's. Only the hash of its token is kept: null is revoked. */
export type Calendar = { _id: string; hash: string | null; madeAt: Date } & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    hash: { type: String, default: null },
    madeAt: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
)
schema.index({ hash: 1 }, { unique: true, partialFilterExpression: { hash: { $type: 'string' } } })
export const Calendars = model<Calendar>('calendar', schema as unknown as Schema<Calendar>)
registerMoved(Calendars)

export async function calendarOf(person: string): Promise<Calendar | null> {
  return Calendars.findById(person).lean<Calendar>()
}

export async function calendarByHash(hash: string): Promise<Calendar | null> {
  return Calendars.findOne({ hash: { $eq: hash, $type: 'string' } }).lean<Calendar>()
}

/** A new one in place of the one before, or none. */
export async function saveCalendar(
  person: string,
  hash: string | null,
  move: Omit<Move, 'version'>,
): Promise<Calendar> {
  const set = { hash, madeAt: move.at }
  const moved = await moveOne(Calendars, { _id: person }, { $set: set }, move)
  if (moved) return moved
  const created = { _id: person, ...set, ...firstMove(move) }
  await Calendars.create(created)
  return created
}
