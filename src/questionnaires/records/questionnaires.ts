import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { nullable } from '../../db/fields.js'
import { insertNew } from '../../db/insert-new.js'
import { firstMove, movedFields, type Move, type Moved } from '../../db/moves.js'
import { questionnaireListing, type QuestionnaireListing } from '../rules/lists.js'
import type { Questionnaire } from '../rules/questionnaire.js'

export type QuestionnaireRecord = Questionnaire & QuestionnaireListing

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    year: { type: Number, required: true },
    vendor: { type: String, required: true },
    vendorName: { type: String, required: true },
    engagements: { type: [String], default: [] },
    set: { type: new Schema({ id: String, version: String }, { _id: false }), required: true },
    why: { type: String, required: true },
    owner: { type: Schema.Types.Mixed, required: true },
    dueOn: { type: String, required: true },
    state: { type: String, required: true },
    round: { type: Number, required: true },
    open: nullable(Schema.Types.Mixed),
    delivery: { type: String, required: true },
    askedAt: nullable(Date),
    arrivedAt: nullable(Date),
    submitted: nullable(Schema.Types.Mixed),
    campaign: nullable(String),
    remindersStopped: nullable(Schema.Types.Mixed),
    reminded: nullable(Schema.Types.Mixed),
    escalated: nullable(Date),
    previous: nullable(String),
    conclusion: nullable(Schema.Types.Mixed),
    drafts: { type: [Schema.Types.Mixed], default: undefined },
    pending: { type: Schema.Types.Mixed, default: undefined },
    sample: { type: Boolean, default: false },
    tokens: { type: [String], default: [] },
    keys: { type: [String], default: [] },
    order: { type: String, required: true },
    sortKey: { type: String, required: true },
    openKey: nullable(String),
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
// Of one vendor, year and set one is open at a time, whoever prepares it.
schema.index({ openKey: 1 }, { unique: true, partialFilterExpression: { openKey: { $type: 'string' } } })
schema.index({ order: 1, _id: 1 })
schema.index({ year: 1, _id: 1 })
schema.index({ sortKey: 1, _id: 1 })
schema.index({ tokens: 1, order: 1, _id: 1 })
schema.index({ keys: 1, order: 1, _id: 1 })
schema.index({ keys: 1, sortKey: 1, _id: 1 })
schema.index({ keys: 1, year: 1, _id: 1 })
schema.index({ vendor: 1, year: -1, _id: -1 })
schema.index({ engagements: 1, year: -1, _id: -1 })
schema.index({ vendor: 1, 'set.id': 1, state: 1, year: -1 })
// A campaign asks each vendor once, however often it is taken up again.
schema.index(
  { campaign: 1, vendor: 1 },
  { unique: true, partialFilterExpression: { campaign: { $type: 'string' } } },
)
schema.index({ state: 1, dueOn: 1, _id: 1 })
// Whether anything of a year has moved, from the index alone.
schema.index({ year: 1, version: 1 })
// Only what a crash left is in the index.
schema.index(
  { 'pending.step': 1, _id: 1 },
  { partialFilterExpression: { 'pending.step': { $type: 'string' } } },
)
schema.index({ sample: 1 })
export const Questionnaires = model<QuestionnaireRecord>(
  'questionnaire',
  schema as unknown as Schema<QuestionnaireRecord>,
)
registerMoved(Questionnaires)

/** Null where one of the same vendor, year and set is open, or the campaign has asked that vendor. */
export async function insertQuestionnaire(
  questionnaire: Omit<Questionnaire, keyof Moved>,
  move: Omit<Move, 'version'>,
): Promise<Questionnaire | null> {
  const whole: Questionnaire = { ...questionnaire, ...firstMove(move) }
  const record = { ...whole, ...questionnaireListing(whole) }
  return (await insertNew(Questionnaires, [record])) === 1 ? record : null
}

export async function questionnaireByReference(reference: string): Promise<Questionnaire | null> {
  return Questionnaires.findOne({ reference }).lean<Questionnaire>()
}

export async function questionnaireById(id: string): Promise<Questionnaire | null> {
  return Questionnaires.findById(id).lean<Questionnaire>()
}

/** All of a year, for the board: without their moves. */
export async function questionnairesOfYear(year: number): Promise<Questionnaire[]> {
  return Questionnaires.find({ year }, { moves: 0 }).sort({ _id: 1 }).lean<Questionnaire[]>()
}

/** All that say they are of one of these years: only what a year's figures are counted from. */
export async function questionnairesOfYears(years: readonly number[]): Promise<CountedQuestionnaire[]> {
  return Questionnaires.find(
    { year: { $in: [...years] } },
    {
      reference: 1,
      year: 1,
      vendorName: 1,
      set: 1,
      dueOn: 1,
      state: 1,
      askedAt: 1,
      'submitted.at': 1,
      'submitted.fromPublic': 1,
      'conclusion.band': 1,
      'conclusion.score': 1,
    },
  )
    .sort({ year: 1, _id: 1 })
    .lean<CountedQuestionnaire[]>()
}

export type CountedQuestionnaire = Pick<
  Questionnaire,
  '_id' | 'reference' | 'year' | 'vendorName' | 'set' | 'dueOn' | 'state' | 'askedAt'
> & {
  submitted: { at: Date; fromPublic?: true } | null
  conclusion: { band: string; score: number | null } | null
}

/** The last year first. */
export async function questionnairesOfVendor(vendor: string): Promise<Questionnaire[]> {
  return Questionnaires.find({ vendor }).sort({ year: -1, _id: -1 }).limit(100).lean<Questionnaire[]>()
}

export async function questionnairesOfEngagement(engagement: string): Promise<Questionnaire[]> {
  return Questionnaires.find({ engagements: engagement })
    .sort({ year: -1, _id: -1 })
    .limit(100)
    .lean<Questionnaire[]>()
}

/** The last one of the set that was concluded: its answers stand beside the next one's. */
export async function lastConcluded(vendor: string, setId: string): Promise<Questionnaire | null> {
  return Questionnaires.findOne({ vendor, 'set.id': setId, state: 'concluded' })
    .sort({ year: -1 })
    .lean<Questionnaire>()
}
