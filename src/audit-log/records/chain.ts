import { model, Schema } from 'mongoose'
import { isTaken } from '../../db/unique.js'
import type { Seal } from '../rules.js'

const schema = new Schema<Seal>(
  {
    _id: { type: Number, required: true },
    entry: { type: String, required: true },
    digest: { type: String, required: true },
    previous: { type: String, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'log-seals', versionKey: false },
)
schema.index({ entry: 1 }, { unique: true })

const Seals = model<Seal>('log-seal', schema)

/** The last sequence number ever sealed, apart from the chain: an end that was cut off shows. */
const headSchema = new Schema<{ _id: string; sequence: number }>(
  { _id: { type: String, required: true }, sequence: { type: Number, required: true } },
  { collection: 'log-heads', versionKey: false },
)

const Heads = model('log-head', headSchema)

export async function lastSeal(): Promise<Seal | null> {
  return Seals.findOne().sort({ _id: -1 }).lean()
}

export async function sealsOf(entries: string[]): Promise<Set<string>> {
  const rows = await Seals.find({ entry: { $in: entries } }, { entry: 1 }).lean()
  return new Set(rows.map(({ entry }) => entry))
}

/** The links of these entries, by entry. */
export async function sealsByEntry(entries: readonly string[]): Promise<Map<string, Seal>> {
  const rows = await Seals.find({ entry: { $in: [...entries] } }).lean<Seal[]>()
  return new Map(rows.map((seal) => [seal.entry, seal]))
}

/** The links with these sequence numbers, by number. */
export async function sealsNumbered(sequences: readonly number[]): Promise<Map<number, Seal>> {
  const rows = await Seals.find({ _id: { $in: [...sequences] } }).lean<Seal[]>()
  return new Map(rows.map((seal) => [seal._id, seal]))
}

/**
 * Appends to the chain; false when another sealer took a number or an entry first. In order, so that each one stored
 * stands on the one before it, and what was stored up to the clash is right.
 */
export async function appendSeals(seals: Seal[]): Promise<boolean> {
  try {
    await Seals.collection.insertMany(seals as never[], { ordered: true })
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
  await Heads.updateOne({ _id: 'head' }, { $max: { sequence: seals.at(-1)!._id } }, { upsert: true })
  return true
}

export async function headSequence(): Promise<number> {
  return (await Heads.findById('head').lean())?.sequence ?? 0
}

/** In order of sequence, after `after`. */
export async function sealsAfter(after: number, limit: number): Promise<Seal[]> {
  return Seals.find({ _id: { $gt: after } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean()
}
