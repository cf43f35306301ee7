import { moveOne, type Move } from '../../db/moves.js'
import type { SecondFactor } from '../request.js'
import { People, type PersonRecord } from './people.js'

type MoveOf = Omit<Move, 'version'>

/** `instead`: the sealed secret of the one it replaces. Null where theirs is another by now, or they may not sign in. */
export async function insertSecondFactor(
  id: string,
  factor: SecondFactor,
  move: MoveOf,
  instead: string | null = null,
): Promise<PersonRecord | null> {
  const present = instead === null ? { secondFactor: null } : { 'secondFactor.secret': instead }
  return moveOne(
    People,
    { _id: id, state: 'active' as const, ...present },
    { $set: { secondFactor: factor } },
    move,
  )
}

/** Null where there is none. */
export async function removeSecondFactor(id: string, move: MoveOf): Promise<PersonRecord | null> {
  return moveOne(People, { _id: id, secondFactor: { $ne: null } }, { $set: { secondFactor: null } }, move)
}

/** All anew; those of before are worth nothing. */
export async function saveRecoveryMarks(
  id: string,
  marks: string[],
  at: Date,
  move: MoveOf,
): Promise<PersonRecord | null> {
  const set = { 'secondFactor.recovery': marks, 'secondFactor.codesMadeAt': at }
  return moveOne(People, { _id: id, secondFactor: { $ne: null } }, { $set: set }, move)
}

/** Of two who come with the same one, in one process or in two, one gets it. */
export async function spendRecoveryMark(
  id: string,
  mark: string,
  move: MoveOf,
): Promise<PersonRecord | null> {
  const where = { _id: id, state: 'active' as const, 'secondFactor.recovery': mark }
  return moveOne(People, where, { $pull: { 'secondFactor.recovery': mark } }, move)
}

/** True once for a step, and never for one before it: a code that was looked over a shoulder opens nothing. */
export async function takeStep(id: string, secret: string, step: number): Promise<boolean> {
  const { modifiedCount } = await People.updateOne(
    {
      _id: id,
      state: 'active',
      'secondFactor.secret': secret,
      'secondFactor.lastStep': { $lt: step },
    },
    { $set: { 'secondFactor.lastStep': step } },
  )
  return modifiedCount === 1
}
