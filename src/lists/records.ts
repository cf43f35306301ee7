import { model, Schema, type UpdateQuery } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import { firstMove, moveOne, movedFields, type Move, type Moved } from '../db/moves.js'
import type { ListName, SavedViewContent } from './rules.js'

export type SavedViewRecord = SavedViewContent & { _id: string } & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    list: { type: String, required: true },
    name: { type: String, required: true },
    query: { type: String, default: '' },
    owner: { type: String, required: true },
    shared: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ list: 1, shared: 1, owner: 1 })
export const SavedViews = model<SavedViewRecord>('saved-view', schema as unknown as Schema<SavedViewRecord>)
registerMoved(SavedViews)

/** The view a person's list opens by, and the columns they see of it: one a person and list, whatever else they have. */
type Pin = { _id: string; view?: string; columns?: string[] }
const pinSchema = new Schema(
  { _id: { type: String, required: true }, view: String, columns: { type: [String], default: undefined } },
  { versionKey: false },
)
const Pins = model<Pin>('pinned-view', pinSchema as unknown as Schema<Pin>)

export async function insertView(
  view: SavedViewContent & { _id: string },
  move: Omit<Move, 'version'>,
): Promise<SavedViewRecord> {
  const created = { ...view, ...firstMove(move) }
  await SavedViews.create(created)
  return created
}

export async function moveView(
  id: string,
  set: Partial<Pick<SavedViewContent, 'name' | 'query' | 'shared'>>,
  move: Omit<Move, 'version'>,
): Promise<SavedViewRecord | null> {
  return moveOne(SavedViews, { _id: id }, { $set: set }, move)
}

export async function removeView(id: string): Promise<void> {
  await SavedViews.deleteOne({ _id: id })
}

export async function viewById(id: string): Promise<SavedViewRecord | null> {
  return SavedViews.findById(id).lean<SavedViewRecord>()
}

/** Those a person sees above a list: their own and the shared ones. */
export async function viewsOf(list: ListName, person: string): Promise<SavedViewRecord[]> {
  const [shared, own] = await Promise.all([
    SavedViews.find({ list, shared: true }).lean<SavedViewRecord[]>(),
    SavedViews.find({ list, shared: false, owner: person }).lean<SavedViewRecord[]>(),
  ])
  return [...shared, ...own]
}

/** How the list opens for the person. `columns`: as an address names them. */
export async function pinnedOf(list: string, person: string): Promise<Omit<Pin, '_id'>> {
  return (await Pins.findById(`${person}/${list}`).lean<Pin>()) ?? {}
}

/** Null: the list opens as it is. */
export async function pinView(list: string, person: string, view: string | null): Promise<void> {
  await setPin(list, person, view === null ? { $unset: { view: 1 } } : { $set: { view } })
}

/** Null: the usual ones. */
export async function pinColumns(list: string, person: string, columns: string[] | null): Promise<void> {
  await setPin(list, person, columns === null ? { $unset: { columns: 1 } } : { $set: { columns } })
}

async function setPin(list: string, person: string, change: UpdateQuery<Pin>): Promise<void> {
  await Pins.updateOne({ _id: `${person}/${list}` }, change, { upsert: true })
}
