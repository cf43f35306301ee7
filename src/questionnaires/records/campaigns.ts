import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { nullable } from '../../db/fields.js'
import { insertNew } from '../../db/insert-new.js'
import { firstMove, movedFields, type Move, type Moved } from '../../db/moves.js'
import type { Campaign, CampaignPart, LeftOut } from '../rules/campaign.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    year: { type: Number, required: true },
    dueOn: { type: String, required: true },
    state: { type: String, required: true },
    chosen: { type: Number, required: true },
    leftOut: { type: [Schema.Types.Mixed], default: [] },
    remindersStopped: nullable(Schema.Types.Mixed),
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ state: 1, _id: 1 })
schema.index({ year: -1, _id: -1 })
schema.index({ sample: 1 })
export const Campaigns = model<Campaign>('campaign', schema as unknown as Schema<Campaign>)
registerMoved(Campaigns)

const partSchema = new Schema(
  {
    _id: { type: String, required: true },
    campaign: { type: String, required: true },
    vendor: { type: String, required: true },
    vendorName: { type: String, required: true },
    engagements: { type: [String], default: [] },
    set: { type: Schema.Types.Mixed, required: true },
    why: { type: String, required: true },
    owner: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    because: nullable(String),
  },
  { versionKey: false, collection: 'campaign-parts' },
)
partSchema.index({ campaign: 1, vendor: 1 }, { unique: true })
partSchema.index({ campaign: 1, state: 1, _id: 1 })
partSchema.index({ vendor: 1 })
export const CampaignParts = model<CampaignPart>(
  'campaign-part',
  partSchema as unknown as Schema<CampaignPart>,
)

export async function insertCampaign(
  campaign: Omit<Campaign, keyof Moved>,
  move: Omit<Move, 'version'>,
): Promise<Campaign> {
  const whole = { ...campaign, ...firstMove(move) }
  await Campaigns.create(whole)
  return whole
}

export async function campaignByReference(reference: string): Promise<Campaign | null> {
  return Campaigns.findOne({ reference }).lean<Campaign>()
}

export async function campaignsByIds(ids: readonly string[]): Promise<Campaign[]> {
  return Campaigns.find({ _id: { $in: [...ids] } }, { leftOut: 0, moves: 0 }).lean<Campaign[]>()
}

/** The newest first; there is about one a year. */
export async function campaigns(limit = 50): Promise<Campaign[]> {
  return Campaigns.find({}).sort({ year: -1, _id: -1 }).limit(limit).lean<Campaign[]>()
}

export async function campaignsBeingMade(): Promise<Campaign[]> {
  return Campaigns.find({ state: 'making' }).sort({ _id: 1 }).limit(20).lean<Campaign[]>()
}

/** Those that are there already stay as they are. */
export async function insertParts(parts: CampaignPart[]): Promise<void> {
  for (let from = 0; from < parts.length; from += 500)
    await insertNew(CampaignParts, parts.slice(from, from + 500))
}

export async function waitingParts(campaign: string, limit: number): Promise<CampaignPart[]> {
  return CampaignParts.find({ campaign, state: 'waiting' })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<CampaignPart[]>()
}

export async function countWaiting(campaign: string): Promise<number> {
  return CampaignParts.countDocuments({ campaign, state: 'waiting' })
}

export async function partsLeftOut(campaign: string): Promise<CampaignPart[]> {
  return CampaignParts.find({ campaign, state: 'left-out' }).sort({ _id: 1 }).lean<CampaignPart[]>()
}

export async function settlePart(
  id: string,
  state: CampaignPart['state'],
  because: LeftOut | null,
): Promise<void> {
  await CampaignParts.updateOne({ _id: id, state: 'waiting' }, { $set: { state, because } })
}
