import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { inOrderOfReference } from '../../db/in-order.js'
import { insertNew } from '../../db/insert-new.js'
import { firstMove, listedField, movedFields, type Move } from '../../db/moves.js'
import type { Vendor, VendorContent } from '../rules.js'

const registrationSchema = new Schema(
  { kind: String, number: String, country: String, keptBecause: String },
  { _id: false },
)
const contactSchema = new Schema(
  { id: String, name: String, email: String, phone: String, role: String, locale: String },
  { _id: false },
)

const schema = new Schema(
  {
    ...movedFields,
    ...listedField,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    name: { type: String, required: true },
    sortKey: { type: String, required: true },
    tokens: [String],
    registration: { type: registrationSchema, default: null },
    noRegistrationBecause: String,
    address: { type: String, default: '' },
    country: { type: String, default: null },
    website: String,
    contacts: [contactSchema],
    versions: { type: [Schema.Types.Mixed], default: [] },
    corrections: { type: [Schema.Types.Mixed], default: undefined },
    endedOn: { type: String, default: null },
    endedBecause: String,
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ sortKey: 1, _id: 1 })
schema.index({ endedOn: 1, sortKey: 1, _id: 1 })
schema.index({ tokens: 1, sortKey: 1, _id: 1 })
schema.index({ sample: 1 })
export const VendorModel = model<Vendor>('vendor', schema as unknown as Schema<Vendor>)
registerMoved(VendorModel)

export async function insertVendor(
  vendor: VendorContent & { _id: string; reference: string },
  move: Omit<Move, 'version'>,
): Promise<Vendor> {
  const created = { ...vendor, ...firstMove(move) }
  await VendorModel.create(created)
  return created
}

/** Those whose ids are not taken yet; returns how many that were. */
export async function insertNewVendors(vendors: Vendor[]): Promise<number> {
  return insertNew(
    VendorModel,
    vendors.map((vendor) => ({ ...vendor, listed: false })),
  )
}

/** Every vendor, for what goes over the whole register: an export, an import that looks for matches. */
export async function everyVendor(): Promise<Vendor[]> {
  return VendorModel.find({}, { moves: 0, versions: 0 }).sort({ reference: 1 }).lean<Vendor[]>()
}

export async function vendorByReference(reference: string): Promise<Vendor | null> {
  return VendorModel.findOne({ reference }).lean<Vendor>()
}

export async function vendorById(id: string): Promise<Vendor | null> {
  return VendorModel.findById(id).lean<Vendor>()
}

/** As engagements are read for lists. */
const listedFields = { reference: 1, name: 1, sortKey: 1, versions: 1, corrections: 1, endedOn: 1 } as const
export type VendorToList = Pick<Vendor, '_id' | keyof typeof listedFields>

export async function vendorsToList(ids: readonly string[]): Promise<VendorToList[]> {
  if (ids.length === 0) return []
  return VendorModel.find({ _id: { $in: ids } }, listedFields).lean<VendorToList[]>()
}

export async function vendorsByIds(ids: readonly string[]): Promise<Vendor[]> {
  return VendorModel.find({ _id: { $in: ids } }).lean<Vendor[]>()
}

/** What the vendors are called now. */
export async function vendorNames(
  ids: readonly string[],
): Promise<Pick<Vendor, '_id' | 'name' | 'reference'>[]> {
  return VendorModel.find({ _id: { $in: ids } }, { name: 1, reference: 1 }).lean<Vendor[]>()
}

/** By what a vendor's own mail may be known: website and contacts' addresses, of all that have not ended. */
export async function vendorAddresses(): Promise<Pick<Vendor, '_id' | 'website' | 'contacts'>[]> {
  return VendorModel.find({ endedOn: null }, { website: 1, contacts: 1, sortKey: 1 })
    .sort({ sortKey: 1, _id: 1 })
    .lean<Vendor[]>()
}

/** Those of the vendors that are as they came, and that no engagement names any more, are gone after it; returns how many. */
export async function removeUnusedVendors(ids: readonly string[]): Promise<number> {
  const { deletedCount } = await VendorModel.deleteMany({ _id: { $in: [...ids] }, version: 1 })
  return deletedCount
}

/** Which of the ids are taken. */
export async function vendorIdsAmong(ids: readonly string[]): Promise<string[]> {
  const rows = await VendorModel.find({ _id: { $in: [...ids] } }, { _id: 1 }).lean<{ _id: string }[]>()
  return rows.map(({ _id }) => _id)
}

/** Every vendor in the order of its reference, some at a time. */
export function vendorsInOrder(): AsyncGenerator<Vendor[]> {
  return inOrderOfReference(VendorModel, 'V', { moves: 0, versions: 0 })
}
