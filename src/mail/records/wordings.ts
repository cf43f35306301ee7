import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { movedFields, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { Bilingual } from '../../base/context.js'
import type { Wording } from '../rules/wording.js'

/** All own words from one moment on; a version is never changed. */
export type WordingVersion = Wording & {
  _id: string
  from: Date
  by: string
  /** What became different from the version before. */
  changed: { key: string; before: Bilingual | null; after: Bilingual | null }[]
} & Moved

const schema = new Schema<WordingVersion>(
  {
    ...movedFields,
    _id: { type: String, required: true },
    number: { type: Number, required: true },
    from: { type: Date, required: true },
    by: { type: String, required: true },
    texts: { type: [Object], default: [] } as never,
    changed: { type: [Object], default: [] } as never,
  },
  { collection: 'wordings', versionKey: false, minimize: false },
)
schema.index({ number: 1 }, { unique: true })

export const Wordings = model<WordingVersion>('wording', schema)
registerMoved(Wordings)

/** False where there is a version of that number already: somebody else was quicker. */
export async function insertWording(version: WordingVersion): Promise<boolean> {
  try {
    await Wordings.create(version)
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

export async function latestWording(): Promise<WordingVersion | null> {
  return Wordings.findOne().sort({ number: -1 }).lean<WordingVersion>()
}

export async function wordingNumbered(number: number): Promise<WordingVersion | null> {
  return Wordings.findOne({ number }).lean<WordingVersion>()
}

/** Newest first. */
export async function wordingVersions(limit: number): Promise<WordingVersion[]> {
  return Wordings.find().sort({ number: -1 }).limit(limit).lean<WordingVersion[]>()
}
