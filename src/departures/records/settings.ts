import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { movedFields, type Move, type Moved } from '../../db/moves.js'
import { saveOnly } from '../../db/only.js'
import type { DepartureSettings } from '../rules.js'

export type KeptDepartureSettings = DepartureSettings & { _id: string } & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    daysToChoose: { type: Number, required: true },
    daysToDelete: { type: Number, required: true },
    daysForBackups: { type: Number, required: true },
    retentions: { type: [Schema.Types.Mixed], default: [] },
  },
  { versionKey: false, minimize: false },
)
export const DepartureSettingsRecords = model<KeptDepartureSettings>(
  'departure-settings',
  schema as unknown as Schema<KeptDepartureSettings>,
)
registerMoved(DepartureSettingsRecords)

const only = 'departure-settings'

export async function readDepartureSettings(): Promise<KeptDepartureSettings | null> {
  return DepartureSettingsRecords.findById(only).lean<KeptDepartureSettings>()
}

export async function saveDepartureSettings(
  input: DepartureSettings,
  move: Omit<Move, 'version'>,
): Promise<KeptDepartureSettings> {
  return saveOnly(DepartureSettingsRecords, only, input, move)
}
