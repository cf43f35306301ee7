import { model, Schema } from 'mongoose'
import { insertOnce } from '../db/unique.js'
import type { DraftSet } from './rules/draft.js'
import type { QuestionSet } from './rules/set.js'
import { keyOf } from './rules/versions.js'

/** A set as it was when it was first asked: what the answers to it mean, whatever becomes of the file. */
export type FrozenSet = { _id: string; hash: string; set: QuestionSet }

const frozenSchema = new Schema(
  {
    _id: { type: String, required: true },
    hash: { type: String, required: true },
    set: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
)
const FrozenSets = model<FrozenSet>('frozen-question-set', frozenSchema as unknown as Schema<FrozenSet>)

/** The set as it is kept: the given one, or the one that was first asked under its name. */
export async function keepFrozen(set: QuestionSet, hash: string): Promise<FrozenSet> {
  const _id = keyOf(set)
  const frozen = { _id, hash, set }
  const before = await insertOnce(FrozenSets, frozen, () => FrozenSets.findById(_id).lean<FrozenSet>())
  return before ?? frozen
}

/** A handful a year. */
export async function allFrozen(): Promise<FrozenSet[]> {
  return FrozenSets.find().sort({ _id: 1 }).limit(500).lean<FrozenSet[]>()
}

const draftSchema = new Schema(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    language: { type: String, required: true },
    shape: { type: String, required: true },
    file: { type: String, required: true },
    sections: { type: [Schema.Types.Mixed], default: [] },
    questions: { type: [Schema.Types.Mixed], default: [] },
    report: { type: [Schema.Types.Mixed], default: [] },
    madeOn: { type: String, required: true },
    madeBy: { type: String, required: true },
  },
  { versionKey: false, minimize: false },
)
draftSchema.index({ madeOn: -1, _id: -1 })
const DraftSets = model<DraftSet>('draft-question-set', draftSchema as unknown as Schema<DraftSet>)

export async function insertDraft(draft: DraftSet): Promise<void> {
  await DraftSets.create(draft)
}

/** The last made first. */
export async function lastDrafts(limit: number): Promise<DraftSet[]> {
  return DraftSets.find().sort({ madeOn: -1, _id: -1 }).limit(limit).lean<DraftSet[]>()
}

export async function draftById(id: string): Promise<DraftSet | null> {
  return DraftSets.findById(id).lean<DraftSet>()
}

/** False where it was gone already. */
export async function deleteDraft(id: string): Promise<boolean> {
  const { deletedCount } = await DraftSets.deleteOne({ _id: id })
  return deletedCount > 0
}
