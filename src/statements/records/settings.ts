import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { movedFields, type Move, type Moved } from '../../db/moves.js'
import { saveOnly } from '../../db/only.js'
import type { SortOf, Terms } from '../rules.js'

/** How the house reckons, and what its agreements count as equivalent to what C.2 names. */
export type StatementSettings = {
  _id: string
  terms: Terms
  equivalents: SortOf[]
  /** The clause that allows them. */
  clause: string
} & Moved

const settingsSchema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    terms: { type: Schema.Types.Mixed, required: true },
    equivalents: { type: [String], default: [] },
    clause: { type: String, default: '' },
  },
  { versionKey: false, minimize: false },
)
export const StatementSettingsRecords = model<StatementSettings>(
  'statement-settings',
  settingsSchema as unknown as Schema<StatementSettings>,
)
registerMoved(StatementSettingsRecords)

const only = 'statement-settings'

export async function readSettings(): Promise<StatementSettings | null> {
  return StatementSettingsRecords.findById(only).lean<StatementSettings>()
}

export async function saveSettings(
  input: Pick<StatementSettings, 'terms' | 'equivalents' | 'clause'>,
  move: Omit<Move, 'version'>,
): Promise<StatementSettings> {
  return saveOnly(StatementSettingsRecords, only, input, move)
}
