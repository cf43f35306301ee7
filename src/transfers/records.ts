import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import { insertNew } from '../db/insert-new.js'
import { keptWhole } from '../db/kept.js'
import { firstMove, movedFields, type Move, type Moved } from '../db/moves.js'
import type { DecisionContent, DecisionFacts } from './rules.js'

export type Decision = DecisionFacts & Moved

const bilingual = new Schema({ da: String, en: String }, { _id: false })

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    country: { type: String, default: null },
    number: { type: String, required: true },
    name: { type: bilingual, required: true },
    from: { type: String, required: true },
    until: { type: String, default: null },
    ended: { type: new Schema({ on: String, by: String, source: String }, { _id: false }), default: null },
    scopes: { type: [Schema.Types.Mixed], default: [] },
    source: { type: String, required: true },
    sourceUrl: String,
    checked: { type: new Schema({ on: String, by: String }, { _id: false }), required: true },
    note: { type: bilingual, required: true },
  },
  { versionKey: false, minimize: false },
)
schema.index({ country: 1, from: 1 })
export const DecisionModel = model<Decision>('decision', schema as unknown as Schema<Decision>)
registerMoved(DecisionModel)

/** All of them, some tens, as they stand. Without their moves, which no rule asks for. */
export const allDecisions: () => Promise<readonly DecisionFacts[]> = keptWhole(DecisionModel, [
  'moves',
  'unlogged',
])

export async function decisionById(id: string): Promise<Decision | null> {
  return DecisionModel.findById(id).lean<Decision>()
}

/**
 * Those whose ids are not there yet, as they were shipped: nobody here has done anything to them, so they have no move.
 * Several processes may do it at once; one that is there already is left as it is, with whatever staff made of it.
 */
export async function insertShipped(decisions: readonly DecisionFacts[]): Promise<number> {
  const fresh = decisions.map((decision) => ({ ...decision, version: 0, moves: [], unlogged: false }))
  return insertNew(DecisionModel, fresh)
}

export async function insertDecision(
  decision: DecisionFacts,
  move: Omit<Move, 'version'>,
): Promise<Decision> {
  const created = { ...decision, ...firstMove(move) }
  await DecisionModel.create(created)
  return created
}

/** What a move sets; an address that is null is taken away. */
export type DecisionChange = Partial<Omit<DecisionContent, 'sourceUrl'>> & { sourceUrl?: string | null }
