import { model, Schema } from 'mongoose'
import type { Day } from '../../base/day.js'
import { registerMoved } from '../../audit-log/actions.js'
import { insertNew } from '../../db/insert-new.js'
import { firstMove, listedField, moveOne, movedFields, type Move } from '../../db/moves.js'
import {
  contentOf,
  type Engagement,
  type EngagementBody,
  type EngagementContent,
  type EngagementRow,
} from '../rules.js'
import { vendorById, vendorNames } from './vendors.js'

const placeSchema = new Schema(
  { kind: String, address: String, country: String, assurance: Schema.Types.Mixed },
  { _id: false },
)
const useSchema = new Schema(
  { since: { type: String, default: null }, until: { type: String, default: null } },
  { _id: false },
)
const periodSchema = new Schema({ length: Number, unit: String }, { _id: false })

const schema = new Schema(
  {
    ...movedFields,
    ...listedField,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    vendor: { type: String, required: true },
    continues: String,
    role: { type: String, required: true },
    services: [String],
    activity: { type: new Schema({ da: String, en: String }, { _id: false }), required: true },
    dataCategories: [String],
    subjects: [String],
    subjectCount: String,
    storageCountries: [String],
    accessCountries: [String],
    places: [placeSchema],
    transfers: { type: [Schema.Types.Mixed], default: [] },
    contract: { type: Schema.Types.Mixed, default: null },
    contracts: { type: [Schema.Types.Mixed], default: [] },
    contractTurnsOn: String,
    dueDiligence: { type: Schema.Types.Mixed, default: null },
    theirNotice: periodSchema,
    assurance: Schema.Types.Mixed,
    askedByItself: Boolean,
    parent: { type: String, default: null },
    inUse: { type: useSchema, required: true },
    earlierUse: { type: [useSchema], default: [] },
    versions: { type: [Schema.Types.Mixed], default: [] },
    corrections: { type: [Schema.Types.Mixed], default: undefined },
    endedOn: { type: String, default: null },
    endedBecause: String,
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ vendor: 1, reference: 1 })
schema.index({ services: 1, endedOn: 1, role: 1, reference: 1 })
// The whole answer from the index: how every further link hangs today.
schema.index({ parent: 1, endedOn: 1, role: 1, reference: 1, vendor: 1, _id: 1 })
schema.index({ 'transfers.country': 1, endedOn: 1 })
schema.index({ 'transfers.basis': 1, endedOn: 1 })
schema.index({ storageCountries: 1, endedOn: 1 })
schema.index({ accessCountries: 1, endedOn: 1 })
schema.index({ 'transfers.tia.reviewOn': 1, endedOn: 1 })
schema.index({ 'transfers.tia.concludedOn': 1, endedOn: 1 })
// The chain of any day is read from the versions and what corrected them.
schema.index({ 'versions.content.parent': 1 })
schema.index({ 'corrections.values.parent': 1 }, { sparse: true })
schema.index({ endedOn: 1, reference: 1 })
schema.index({ endedOn: 1, role: 1, reference: 1 })
schema.index({ endedOn: 1, role: 1, 'inUse.since': 1, reference: 1 })
schema.index({ contractTurnsOn: 1 }, { sparse: true })
schema.index({ 'places.kind': 1, endedOn: 1, reference: 1 })
schema.index({ continues: 1, reference: 1 }, { sparse: true })
schema.index({ sample: 1 })
export const EngagementModel = model<Engagement>('engagement', schema as unknown as Schema<Engagement>)
registerMoved(EngagementModel)

export async function insertEngagement(
  engagement: EngagementBody & { _id: string; reference: string },
  move: Omit<Move, 'version'>,
): Promise<Engagement> {
  const created = { ...engagement, ...firstMove(move) }
  await EngagementModel.create(created)
  return created
}

/** Those whose ids are not taken yet; returns how many that were. */
export async function insertNewEngagements(engagements: Engagement[]): Promise<number> {
  return insertNew(
    EngagementModel,
    engagements.map((engagement) => ({ ...engagement, listed: false })),
  )
}

/** Every engagement, ended ones too, for what goes over the whole register. */
export async function everyEngagement(): Promise<Engagement[]> {
  return EngagementModel.find({}, { moves: 0, versions: 0 }).sort({ reference: 1 }).lean<Engagement[]>()
}

/** Sets the day use began, or began anew after an end; null where it is in use already. */
export async function moveIntoUse(
  id: string,
  since: Day,
  move: Omit<Move, 'version'>,
): Promise<Engagement | null> {
  const current = await engagementById(id)
  if (!current) return null
  const before = current.inUse
  if (before.since !== null && (before.until === null || before.until > since)) return null
  return moveOne(
    EngagementModel,
    { _id: id, 'inUse.since': before.since, 'inUse.until': before.until },
    {
      $set: { inUse: { since, until: null } },
      ...(before.since === null ? {} : { $push: { earlierUse: before } }),
    },
    move,
  )
}

/** Sets the first day it is no longer used, where it is in use; null where it is not. */
export async function moveOutOfUse(
  id: string,
  until: string,
  move: Omit<Move, 'version'>,
): Promise<Engagement | null> {
  return moveOne(
    EngagementModel,
    { _id: id, 'inUse.since': { $ne: null }, 'inUse.until': null },
    { $set: { 'inUse.until': until } },
    move,
  )
}

export async function engagementByReference(reference: string): Promise<Engagement | null> {
  return EngagementModel.findOne({ reference }).lean<Engagement>()
}

export async function engagementById(id: string): Promise<Engagement | null> {
  return EngagementModel.findById(id).lean<Engagement>()
}

export async function engagementsByIds(ids: readonly string[]): Promise<Engagement[]> {
  return EngagementModel.find({ _id: { $in: ids } }).lean<Engagement[]>()
}

export async function engagementsOf(vendor: string): Promise<Engagement[]> {
  return EngagementModel.find({ vendor }).sort({ reference: 1 }).lean<Engagement[]>()
}

/** Of several vendors at once, for a list of vendors. */
export async function engagementsOfAll(vendors: readonly string[]): Promise<Engagement[]> {
  return EngagementModel.find({ vendor: { $in: vendors } }).lean<Engagement[]>()
}

export async function engagementsBelow(parent: string): Promise<EngagementRow[]> {
  return withVendors(await EngagementModel.find({ parent }).sort({ reference: 1 }).lean<Engagement[]>())
}

/** Engagements that have not ended, of one role or of any, in the order of their references. */
export async function runningEngagements(role?: Engagement['role']): Promise<EngagementRow[]> {
  const filter = role === undefined ? { endedOn: null } : { endedOn: null, role }
  return withVendors(
    await EngagementModel.find(filter, { moves: 0 }).sort({ reference: 1 }).lean<Engagement[]>(),
  )
}

/** Counted no further than `most`. */
export async function countRunningEngagements(most: number): Promise<number> {
  return EngagementModel.countDocuments({ endedOn: null }).limit(most)
}

/** Running sub-processors whose use has never begun. */
export async function unusedSubProcessors(): Promise<EngagementRow[]> {
  const filter = { endedOn: null, role: 'sub-processor' as const, 'inUse.since': null }
  return withVendors(
    await EngagementModel.find(filter, { moves: 0 }).sort({ reference: 1 }).lean<Engagement[]>(),
  )
}

export async function runningEngagementsFor(service: string): Promise<EngagementRow[]> {
  const filter = { services: service, endedOn: null, role: 'sub-processor' as const }
  return withVendors(await EngagementModel.find(filter).sort({ reference: 1 }).lean<Engagement[]>())
}

export async function withVendors(engagements: Engagement[]): Promise<EngagementRow[]> {
  const vendors = new Map(
    (await vendorNames([...new Set(engagements.map(({ vendor }) => vendor))])).map((each) => [
      each._id,
      each,
    ]),
  )
  return engagements.map((engagement) => {
    const vendor = vendors.get(engagement.vendor)
    return { ...engagement, vendorName: vendor?.name ?? '', vendorReference: vendor?.reference ?? '' }
  })
}

/** What the list prints of it today: frozen into a notice at issue. Null if there is no such engagement. */
export async function engagementContent(id: string): Promise<EngagementContent | null> {
  const engagement = await engagementById(id)
  const vendor = engagement && (await vendorById(engagement.vendor))
  return engagement && vendor ? contentOf(vendor._id, vendor, engagement) : null
}

/** Those of the engagements that are as they came are gone after it; whether anything refers to them is asked before. */
export async function removeUnusedEngagements(ids: readonly string[]): Promise<number> {
  const { deletedCount } = await EngagementModel.deleteMany({ _id: { $in: [...ids] }, version: 1 })
  return deletedCount
}

/** Which of the ids are taken. */
export async function engagementIdsAmong(ids: readonly string[]): Promise<string[]> {
  const rows = await EngagementModel.find({ _id: { $in: [...ids] } }, { _id: 1 }).lean<{ _id: string }[]>()
  return rows.map(({ _id }) => _id)
}

/** The numbers people speak of them by, by id. */
export async function engagementReferences(ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await EngagementModel.find({ _id: { $in: [...ids] } }, { reference: 1 }).lean<
    { _id: string; reference: string }[]
  >()
  return new Map(rows.map(({ _id, reference }) => [_id, reference]))
}
