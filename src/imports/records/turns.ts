import { model, Schema } from 'mongoose'
import { insertNew } from '../../db/insert-new.js'
import type { Register } from '../rules/fields.js'

/** Which import writes into a register: one at a time, so that two cannot bring the same vendor in twice. */
type Turn = { _id: Register; import: string | null; at: Date }

const schema = new Schema<Turn>(
  {
    _id: { type: String, required: true },
    import: { type: String, default: null },
    at: { type: Date, required: true },
  },
  { versionKey: false },
)
const Turns = model<Turn>('import-turn', schema)

/** Null where it is this import's turn now; else the one whose turn it is, and since when. */
export async function takeTurn(
  register: Register,
  id: string,
  at: Date,
): Promise<{ import: string; at: Date } | null> {
  if ((await insertNew(Turns, [{ _id: register, import: id, at }])) === 1) return null
  const free = { _id: register, import: { $in: [null, id] } }
  const { matchedCount } = await Turns.updateOne(free, { $set: { import: id, at } })
  if (matchedCount === 1) return null
  const other = await Turns.findById(register).lean<Turn>()
  return other?.import == null ? { import: '', at } : { import: other.import, at: other.at }
}

/** Where that one has not begun to write, and never will: null where somebody was quicker. */
export async function takeOverTurn(register: Register, from: string, id: string, at: Date): Promise<boolean> {
  const { matchedCount } = await Turns.updateOne(
    { _id: register, import: from },
    { $set: { import: id, at } },
  )
  return matchedCount === 1
}

/** Repeatable: one whose turn it is not gives nothing. */
export async function giveTurn(register: Register, id: string): Promise<void> {
  await Turns.updateOne({ _id: register, import: id }, { $set: { import: null } })
}
