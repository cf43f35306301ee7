import { model, Schema } from 'mongoose'
import { isTaken } from '../../db/unique.js'

/**
 * Six digits mailed to a contact's registered mailbox, for one statement by that contact. The digits are derived from `_id` and
 * a key of the house and stored nowhere, not even as a hash: a million guesses are soon made by whoever has the hash.
 */
export type Code = {
  _id: string
  customer: string
  contact: string
  about: { kind: string; id: string }
  /** What it confirms, word for word as it stood on the page when the code was asked for; nothing else can be confirmed by it. */
  what: Record<string, unknown>
  /** Whose, about what, which day, and the how-manieth of that day: unique, so that no more are made than there are places. */
  place: string
  madeAt: Date
  endsAt: Date
  tries: number
  usedAt: Date | null
  /** What it confirmed has been done; where that was refused, or cut short, it is null. */
  doneAt: Date | null
  /** Another was asked for since: only the newest opens anything. */
  replacedAt: Date | null
}

const schema = new Schema<Code>(
  {
    _id: { type: String, required: true },
    customer: { type: String, required: true },
    contact: { type: String, required: true },
    about: { type: new Schema({ kind: String, id: String }, { _id: false }), required: true },
    what: { type: Object, required: true },
    place: { type: String, required: true },
    madeAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    tries: { type: Number, default: 0 },
    usedAt: { type: Date, default: null },
    doneAt: { type: Date, default: null },
    replacedAt: { type: Date, default: null },
  },
  { versionKey: false, minimize: false },
)
schema.index({ place: 1 }, { unique: true })
schema.index({ contact: 1, 'about.kind': 1, 'about.id': 1 })
schema.index({ endsAt: 1 })
const Codes = model<Code>('code', schema)

/** False where its place is taken. */
export async function insertCode(code: Code): Promise<boolean> {
  try {
    await Codes.create(code)
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

export async function codeById(id: string): Promise<Code | null> {
  return Codes.findById(id).lean<Code>()
}

export async function codesByIds(ids: readonly string[]): Promise<Code[]> {
  return Codes.find({ _id: { $in: [...ids] } }).lean<Code[]>()
}

/** Takes a try before the digits are looked at, so that many at once count as many. Null where there is none left to take. */
export async function takeCodeTry(id: string, most: number, now: Date): Promise<Code | null> {
  return Codes.findOneAndUpdate(
    { _id: id, usedAt: null, replacedAt: null, tries: { $lt: most }, endsAt: { $gt: now } },
    { $inc: { tries: 1 } },
    { returnDocument: 'after' },
  ).lean<Code>()
}

/** Null where another was first. */
export async function useCode(id: string, now: Date): Promise<Code | null> {
  return Codes.findOneAndUpdate(
    { _id: id, usedAt: null },
    { $set: { usedAt: now } },
    { returnDocument: 'after' },
  ).lean<Code>()
}

export async function noteCodeDone(id: string, at: Date): Promise<void> {
  await Codes.updateOne({ _id: id, doneAt: null }, { $set: { doneAt: at } })
}

/** All earlier ones of that contact about the same thing serve no more; places are in order, by day and number. */
export async function replaceCodes({ contact, about, place, madeAt }: Code): Promise<void> {
  await Codes.updateMany(
    {
      contact,
      'about.kind': about.kind,
      'about.id': about.id,
      place: { $lt: place },
      usedAt: null,
      replacedAt: null,
    },
    { $set: { replacedAt: madeAt } },
  )
}

/** What a code confirmed stands in the log and with the answer; the code itself is evidence of nothing. */
export async function removeOldCodes(before: Date): Promise<number> {
  return (await Codes.deleteMany({ endsAt: { $lte: before } })).deletedCount
}
