import { model, Schema } from 'mongoose'
import { isTaken } from '../../db/unique.js'

/** How often one thing was tried by one party within a while. `_id` names both by a keyed hash: neither addresses nor accounts stand here. */
export type Tries = { _id: string; count: number; endsAt: Date }

const schema = new Schema<Tries>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    endsAt: { type: Date, required: true },
  },
  { versionKey: false },
)
schema.index({ endsAt: 1 })
const Kept = model<Tries>('try', schema, 'tries')

/** One more, in whichever process; where the while is over, or none was begun, a new one begins. */
export async function addTry(id: string, now: Date, endsAt: Date): Promise<Tries> {
  const counted = await Kept.findOneAndUpdate(
    { _id: id, endsAt: { $gt: now } },
    { $inc: { count: 1 } },
    { returnDocument: 'after' },
  ).lean<Tries>()
  if (counted) return counted
  const begun = { count: 1, endsAt }
  const again = await Kept.findOneAndUpdate(
    { _id: id, endsAt: { $lte: now } },
    { $set: begun },
    { returnDocument: 'after' },
  ).lean<Tries>()
  if (again) return again
  try {
    await Kept.create({ _id: id, ...begun })
    return { _id: id, ...begun }
  } catch (error) {
    if (!isTaken(error)) throw error
    // Another began it in the meantime.
    return addTry(id, now, endsAt)
  }
}

/** Null where none counts any more. */
export async function triesNow(id: string, now: Date): Promise<Tries | null> {
  return Kept.findOne({ _id: id, endsAt: { $gt: now } }).lean<Tries>()
}

export async function lockUntil(id: string, endsAt: Date): Promise<void> {
  await Kept.updateOne({ _id: id }, { $max: { endsAt } })
}

export async function giveTryBack(id: string): Promise<void> {
  await Kept.updateOne({ _id: id, count: { $gt: 0 } }, { $inc: { count: -1 } })
}

export async function forgetTries(id: string): Promise<void> {
  await Kept.deleteOne({ _id: id })
}

export async function removeEndedTries(now: Date): Promise<number> {
  return (await Kept.deleteMany({ endsAt: { $lte: now } })).deletedCount
}
