import { model, Schema } from 'mongoose'
import { registerMoved } from '../audit-log/actions.js'
import { firstMove, moveOne, movedFields, type Move, type Moved } from '../db/moves.js'
import type { Register } from './rules/fields.js'
import type { ImportContent, ImportState } from './rules/import.js'

export type Import = { _id: string } & ImportContent & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    register: String,
    fileName: String,
    mapping: Schema.Types.Mixed,
    choices: { type: [Schema.Types.Mixed], default: [] },
    state: String,
    startedAt: Date,
    startedBy: String,
    appliedAt: { type: Date, default: null },
    counts: Schema.Types.Mixed,
    created: { type: [Schema.Types.Mixed], default: [] },
    left: { type: [Schema.Types.Mixed], default: [] },
    restorable: { type: Boolean, default: undefined },
    restored: { type: [Schema.Types.Mixed], default: undefined },
  },
  { versionKey: false, minimize: false },
)
schema.index({ register: 1, startedAt: -1 })
schema.index({ state: 1, startedAt: 1 })
export const ImportModel = model<Import>('import', schema as unknown as Schema<Import>)
registerMoved(ImportModel)

export async function insertImport(
  content: ImportContent & { _id: string },
  move: Omit<Move, 'version'>,
): Promise<Import> {
  const created = { ...content, ...firstMove(move) }
  await ImportModel.create(created)
  return created
}

/** Null where the import is in none of the states any more, or has moved since that version. */
export async function moveImport(
  id: string,
  states: readonly ImportState[],
  set: Partial<ImportContent>,
  move: Omit<Move, 'version'>,
  version?: number,
): Promise<Import | null> {
  const seen = version === undefined ? {} : { version }
  return moveOne(ImportModel, { _id: id, state: { $in: [...states] }, ...seen }, { $set: set }, move)
}

export async function findImport(id: string): Promise<Import | null> {
  return ImportModel.findById(id).lean<Import>()
}

/** Uploads since before then that nobody has gone on with. */
export async function importsWaitingSince(before: Date): Promise<{ _id: string }[]> {
  return ImportModel.find({ state: 'ready', startedAt: { $lt: before } }, { _id: 1 })
    .limit(100)
    .lean<{ _id: string }[]>()
}

/** Done before then, with what the changed records were before still kept. */
export async function restorableSince(before: Date): Promise<{ _id: string }[]> {
  return ImportModel.find({ state: 'applied', startedAt: { $lt: before }, restorable: true }, { _id: 1 })
    .limit(100)
    .lean<{ _id: string }[]>()
}

/** No move of the import: what can be undone is less, what it did is the same. */
export async function noteNotRestorable(id: string): Promise<void> {
  await ImportModel.updateOne({ _id: id }, { $set: { restorable: false } })
}

/** The newest first; what was discarded is left out. */
export async function latestImports(allowed: readonly Register[]): Promise<Import[]> {
  return ImportModel.find(
    { register: { $in: [...allowed] }, state: { $ne: 'discarded' } },
    { created: 0, moves: 0, choices: 0 },
  )
    .sort({ startedAt: -1 })
    .limit(50)
    .lean<Import[]>()
}

type Wording = { _id: string; register: Register; heading: string; field: string }

const wordings = new Schema<Wording>(
  { _id: { type: String, required: true }, register: String, heading: String, field: String },
  { versionKey: false },
)
wordings.index({ register: 1 })
const WordingModel = model<Wording>('import-heading', wordings)

/** What people chose for a heading before: plain heading -> field, '' for left out. */
export async function rememberedHeadings(register: Register): Promise<Map<string, string>> {
  const rows = await WordingModel.find({ register }).lean<Wording[]>()
  return new Map(rows.map(({ heading, field }) => [heading, field]))
}

export async function rememberHeadings(
  register: Register,
  headings: ReadonlyMap<string, string>,
): Promise<void> {
  await Promise.all(
    [...headings].map(([heading, field]) =>
      WordingModel.updateOne(
        { _id: `${register}/${heading}` },
        { $set: { register, heading, field } },
        { upsert: true },
      ),
    ),
  )
}
