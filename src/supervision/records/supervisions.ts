import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Actor } from '../../base/context.js'
import { insertNew } from '../../db/insert-new.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'
import type { Act, Score } from '../rules.js'

/** Something we did ourselves: an inspection held, the open points gone through. */
export type NotedAct = Omit<Act, 'engagement'> & {
  id: string
  note: string
  at: Date
  by: Actor
  file: string | null
}

/** How one engagement is supervised: its scores, the last one counting, and what was done besides what other rooms hold. */
export type Supervision = {
  /** The engagement's id: there is one. */
  _id: string
  vendor: string
  scores: Score[]
  acts: NotedAct[]
  sample: boolean
} & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    vendor: { type: String, required: true },
    scores: { type: [Schema.Types.Mixed], default: [] },
    acts: { type: [Schema.Types.Mixed], default: [] },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ vendor: 1, _id: 1 })
// Whether anything has moved, from the index alone.
schema.index({ version: 1 })
schema.index({ sample: 1 })
export const Supervisions = model<Supervision>('supervision', schema as unknown as Schema<Supervision>)
registerMoved(Supervisions)

export async function supervisionOf(engagement: string): Promise<Supervision | null> {
  return Supervisions.findById(engagement).lean<Supervision>()
}

/** Of these vendors' engagements, the last score of each only. */
export async function supervisionsOf(
  vendors: readonly string[],
): Promise<Pick<Supervision, '_id' | 'vendor' | 'scores' | 'acts'>[]> {
  return Supervisions.find(
    { vendor: { $in: [...vendors] } },
    { vendor: 1, scores: { $slice: -1 }, acts: 1 },
  ).lean<Supervision[]>()
}

type Change = { scores?: Score[]; acts?: NotedAct[] }

/** Adds to what is on record. `seen`: the version it was made from, 0 where there was none. Null where somebody was quicker. */
export async function addToSupervision(
  of: { engagement: string; vendor: string; sample: boolean; seen: number },
  { scores = [], acts = [] }: Change,
  move: Omit<Move, 'version'>,
): Promise<Supervision | null> {
  const { engagement: _id, vendor, sample, seen } = of
  if (seen === 0) {
    const made: Supervision = { _id, vendor, sample, scores, acts, ...firstMove(move) }
    return (await insertNew(Supervisions, [made])) === 1 ? made : null
  }
  const push = {
    ...(scores.length > 0 ? { scores: { $each: scores } } : {}),
    ...(acts.length > 0 ? { acts: { $each: acts } } : {}),
  }
  return moveOne(Supervisions, { _id, version: seen }, { $push: push } as never, move)
}
