import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Day } from '../../base/day.js'
import { firstMove, movedFields, type Move, type Moved } from '../../db/moves.js'
import { pageAfter, type Page } from '../../db/paging.js'
import { isTaken } from '../../db/unique.js'
import type { Edition, EditionHead } from '../rules/editions.js'
import type { PublicEntry } from '../rules/entries.js'

type EditionRecord = Edition & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    number: { type: Number, required: true },
    day: { type: String, required: true },
    at: { type: Date, required: true },
    organisation: { type: String, required: true },
    hash: { type: String, required: true },
    count: { type: Number, required: true },
    changes: { type: [Schema.Types.Mixed], default: [] },
    corrects: { type: Schema.Types.Mixed, default: null },
    // Some thousands of rows: only read where they are shown.
    entries: { type: [Schema.Types.Mixed], select: false },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ number: 1 }, { unique: true })
schema.index({ number: -1, _id: -1 })
schema.index({ day: 1, number: 1 })
schema.index({ at: 1, number: 1 })
schema.index({ 'changes.entry.id': 1, number: 1 })
schema.index({ sample: 1 })
export const Editions = model<EditionRecord>(
  'public-list-edition',
  schema as unknown as Schema<EditionRecord>,
)
registerMoved(Editions)

/** There is no way to change one. False where its number or its day's id was taken at the same moment. */
export async function insertEdition(
  edition: Edition,
  move: Omit<Move, 'version'>,
): Promise<EditionRecord | null> {
  const created = { ...edition, ...firstMove(move) }
  try {
    await Editions.create(created)
    return created
  } catch (error) {
    if (!isTaken(error)) throw error
    return null
  }
}

export async function latestEdition(): Promise<Edition | null> {
  return Editions.findOne({}).select('+entries').sort({ number: -1 }).lean<Edition>()
}

export async function latestHead(): Promise<EditionHead | null> {
  return Editions.findOne({}).sort({ number: -1 }).lean<EditionHead>()
}

/** Of all there ever were. */
export async function firstHead(): Promise<EditionHead | null> {
  return Editions.findOne({}).sort({ number: 1 }).lean<EditionHead>()
}

export async function editionById(id: string): Promise<Edition | null> {
  return Editions.findById(id).select('+entries').lean<Edition>()
}

/** The one that counted at the end of the day. */
export async function editionInForce(day: Day): Promise<EditionHead | null> {
  return Editions.findOne({ day: { $lte: day } })
    .sort({ day: -1, number: -1 })
    .lean<EditionHead>()
}

export async function editionIdsOn(day: Day): Promise<string[]> {
  const rows = await Editions.find({ day }, { _id: 1 }).lean<{ _id: string }[]>()
  return rows.map(({ _id }) => _id)
}

/** Newest first, without their lists. */
export async function editionsPage(cursor: string | undefined, size: number): Promise<Page<EditionHead>> {
  return pageAfter<EditionHead>(Editions as never, {}, { field: 'number', direction: -1 }, cursor, size)
}

export async function neighbours(number: number): Promise<{ before: string | null; after: string | null }> {
  const [before, after] = await Promise.all([
    Editions.findOne({ number: { $lt: number } }, { _id: 1 })
      .sort({ number: -1 })
      .lean<{ _id: string }>(),
    Editions.findOne({ number: { $gt: number } }, { _id: 1 })
      .sort({ number: 1 })
      .lean<{ _id: string }>(),
  ])
  return { before: before?._id ?? null, after: after?._id ?? null }
}

/** Published after that moment, oldest first. */
export async function editionsSince(moment: Date, most: number): Promise<EditionHead[]> {
  return Editions.find({ at: { $gt: moment } })
    .sort({ at: 1, number: 1 })
    .limit(most)
    .lean<EditionHead[]>()
}

/** Those in which it came, changed or went, oldest first. */
export async function editionsChanging(reference: string): Promise<EditionHead[]> {
  return Editions.find({ 'changes.entry.id': reference }).sort({ number: 1 }).lean<EditionHead[]>()
}

/** The very first edition, where it was on it: that one changes nothing, since there was none before it. */
export async function entryInFirst(reference: string): Promise<{ _id: string; entry: PublicEntry } | null> {
  const first = await Editions.findOne({ number: 1 }, { entries: { $elemMatch: { id: reference } } }).lean<
    Pick<Edition, '_id' | 'entries'>
  >()
  const [entry] = first?.entries ?? []
  return first && entry ? { _id: first._id, entry } : null
}

/** Counted no further than `most`. */
export async function countEditions(most: number): Promise<number> {
  return Editions.countDocuments({ number: { $gte: 0 } }).limit(most)
}
