import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Day } from '../../base/day.js'
import { keptWhole } from '../../db/kept.js'
import { firstMove, movedFields, type Move } from '../../db/moves.js'
import type { Site, SiteBody } from '../rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    name: String,
    kind: { type: String, required: true },
    address: { type: String, required: true },
    country: { type: String, required: true },
    operator: { type: String, default: null },
    services: [String],
    assurance: Schema.Types.Mixed,
    from: { type: String, required: true },
    until: { type: String, default: null },
    endedBecause: String,
    versions: { type: [Schema.Types.Mixed], default: [] },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ from: 1, until: 1 })
schema.index({ operator: 1 })
schema.index({ sample: 1 })
export const SiteModel = model<Site>('site', schema as unknown as Schema<Site>)
registerMoved(SiteModel)

export async function insertSite(
  site: SiteBody & { _id: string; reference: string },
  move: Omit<Move, 'version'>,
): Promise<Site> {
  const created = { ...site, ...firstMove(move) }
  await SiteModel.create(created)
  return created
}

const inOrderOfId = keptWhole(SiteModel, ['moves'])

/** Every site, ended ones too, in the order of their references: a house has a handful. */
export async function allSites(): Promise<Site[]> {
  return (await inOrderOfId()).toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
}

/** Those at which we processed on the day. */
export async function sitesOnDay(day: Day): Promise<Site[]> {
  return (await allSites()).filter(({ from, until }) => from <= day && (until === null || until > day))
}

export async function siteByReference(reference: string): Promise<Site | null> {
  return SiteModel.findOne({ reference }).lean<Site>()
}

/** Which of the vendors run a data centre in which we are or were. */
export async function operatorsAmong(vendors: readonly string[]): Promise<string[]> {
  return SiteModel.distinct('operator', { operator: { $in: [...vendors] } })
}

/** Sites in the vendor's data centre that have not been given up. */
export async function sitesRunBy(vendor: string): Promise<Site[]> {
  return SiteModel.find({ operator: vendor, until: null }, { moves: 0 }).lean<Site[]>()
}
