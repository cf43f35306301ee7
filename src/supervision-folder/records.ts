import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import { nullable } from '../db/fields.js'
import { movedFields } from '../db/moves.js'
import { isTaken } from '../db/unique.js'
import type { Folder } from './rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    customer: { type: String, required: true },
    customerReference: String,
    customerName: String,
    year: { type: Number, required: true },
    model: { type: Number, required: true },
    answers: { type: Schema.Types.Mixed, required: true },
    concept: nullable(Number),
    weakerBecause: { type: String, default: '' },
    looked: { type: [String], default: [] },
    notes: { type: String, default: '' },
    verdict: nullable(String),
    conclusion: { type: String, default: '' },
    name: { type: String, default: '' },
    title: { type: String, default: '' },
    next: nullable(String),
    shared: { type: String, required: true },
    filings: { type: [Schema.Types.Mixed], default: [] },
    draft: { type: Boolean, required: true },
    savedAt: { type: Date, required: true },
    savedBy: { type: Schema.Types.Mixed, required: true },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ customer: 1, year: -1 }, { unique: true })
schema.index({ sample: 1 })
export const Folders = model<Folder>('supervision-folder', schema as unknown as Schema<Folder>)
registerMoved(Folders)

/** False where another made it first. */
export async function insertFolder(folder: Folder): Promise<boolean> {
  try {
    await Folders.create(folder)
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

export async function folderById(id: string): Promise<Folder | null> {
  return Folders.findById(id).lean<Folder>()
}

export async function foldersByIds(ids: readonly string[]): Promise<Folder[]> {
  return Folders.find({ _id: { $in: [...ids] } }).lean<Folder[]>()
}

/** The latest year first. */
export async function foldersOfCustomer(customer: string): Promise<Folder[]> {
  return Folders.find({ customer }).sort({ year: -1 }).limit(50).lean<Folder[]>()
}
