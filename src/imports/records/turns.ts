import { model, Schema } from 'mongoose'
import { insertNew } from '../../db/insert-new.js'
import type { Register } from '../rules/fields.js'

/**
 * Which import writes into a register: one at a time, so that two cannot bring the same vendor in twice. `seenAt`: the last sign of
 * whoever writes; null where it is known that nobody does any more.
 */
type Turn = { _id: Register; import: string | null; seenAt: Date | null }

const schema = new Schema<Turn>(
  {
    _id: { type: String, required: true },
    import: { type: String, default: null },
    seenAt: { type: Date, default: null },
  },
  { versionKey: false },
)
const Turns = model<Turn>('import-turn', schema)

/** One that gave no sign for so long has been broken off. */
const silent = 60_000
export const signEvery = silent / 6

const unseen = () => ({ $not: { $gt: new Date(Date.now() - silent) } })

/** Null where it is this import's turn now; else the one whose turn it is, which may be this one, written by somebody else. */
export async function takeTurn(register: Register, id: string): Promise<string | null> {
  const taken = { import: id, seenAt: new Date() }
  if ((await insertNew(Turns, [{ _id: register, ...taken }])) === 1) return null
  const free = { _id: register, $or: [{ import: null }, { import: id, seenAt: unseen() }] }
  const { matchedCount } = await Turns.updateOne(free, { $set: taken })
  if (matchedCount === 1) return null
  return (await Turns.findById(register).lean<Turn>())?.import ?? ''
}

/** Of one that writes no more: false where it still does, or somebody else was quicker. */
export async function takeOverTurn(register: Register, from: string, id: string): Promise<boolean> {
  const { matchedCount } = await Turns.updateOne(
    { _id: register, import: from, seenAt: unseen() },
    { $set: { import: id, seenAt: new Date() } },
  )
  return matchedCount === 1
}

/** `seenAt`: null where it writes no more, and still has its turn. */
export async function noteWriting(register: Register, id: string, seenAt: Date | null): Promise<void> {
  await Turns.updateOne({ _id: register, import: id }, { $set: { seenAt } })
}

/** Whether somebody writes it at this moment. */
export async function isBeingWritten(register: Register, id: string): Promise<boolean> {
  const turn = await Turns.findById(register).lean<Turn>()
  return turn?.import === id && (turn.seenAt?.getTime() ?? 0) > Date.now() - silent
}

/** Repeatable: one whose turn it is not gives nothing. */
export async function giveTurn(register: Register, id: string): Promise<void> {
  await Turns.updateOne({ _id: register, import: id }, { $set: { import: null } })
}
