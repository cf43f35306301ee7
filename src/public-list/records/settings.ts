import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import type { Locale } from '../../base/context.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'

/** What the house has chosen. Off until somebody switches it on. */
export type PublicListSettings = {
  _id: string
  on: boolean
  /** Street addresses of places of processing are printed. */
  addresses: boolean
  /** Ids of engagements that are shown without name. */
  unnamed: string[]
  /** Files with the data processing agreement, for anyone. */
  agreement: Record<Locale, string | null>
} & Moved

export type SettingsInput = Omit<PublicListSettings, '_id' | keyof Moved>

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    on: { type: Boolean, required: true },
    addresses: { type: Boolean, required: true },
    unnamed: { type: [String], default: [] },
    agreement: { type: new Schema({ da: String, en: String }, { _id: false }), required: true },
  },
  { versionKey: false, minimize: false },
)
export const PublicListRecords = model<PublicListSettings>(
  'public-list',
  schema as unknown as Schema<PublicListSettings>,
)
registerMoved(PublicListRecords)

export const publicListId = 'public-list'

export const usualSettings: SettingsInput = {
  on: false,
  addresses: false,
  unnamed: [],
  agreement: { da: null, en: null },
}

export async function readSettings(): Promise<PublicListSettings | null> {
  return PublicListRecords.findById(publicListId).lean<PublicListSettings>()
}

/** `update`: what changes, as the database is told; `condition`: what must still hold. Null where it does not. */
export async function moveSettings(
  set: Partial<SettingsInput>,
  condition: Partial<Pick<SettingsInput, 'on'>>,
  move: Omit<Move, 'version'>,
): Promise<PublicListSettings | null> {
  await ensureSettings(move)
  return moveOne(PublicListRecords, { _id: publicListId, ...condition }, { $set: set }, move)
}

/** Names or hides those engagements; what was chosen of others stays, also where somebody else chooses at the same moment. */
export async function moveChoices(
  { named, unnamed }: { named: readonly string[]; unnamed: readonly string[] },
  move: Omit<Move, 'version'>,
): Promise<PublicListSettings | null> {
  await ensureSettings(move)
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const current = await readSettings()
    if (!current) return null
    const kept = current.unnamed.filter((id) => !named.includes(id) && !unnamed.includes(id))
    const moved = await moveOne(
      PublicListRecords,
      { _id: publicListId, version: current.version },
      { $set: { unnamed: [...kept, ...unnamed] } },
      move,
    )
    if (moved) return moved
  }
  return null
}

async function ensureSettings({ at, by }: Omit<Move, 'version'>): Promise<void> {
  if (await readSettings()) return
  try {
    const first = firstMove({ at, by, event: 'public-list.set', facts: {} })
    await PublicListRecords.create({ _id: publicListId, ...usualSettings, ...first })
  } catch (error) {
    // Another made it at the same moment.
    if (!isTaken(error)) throw error
  }
}
