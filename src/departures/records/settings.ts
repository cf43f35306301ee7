import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'
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
  const change = () => moveOne(DepartureSettingsRecords, { _id: only }, { $set: input }, move)
  const moved = (await readDepartureSettings()) && (await change())
  if (moved) return moved
  try {
    const created = { _id: only, ...input, ...firstMove(move) }
    await DepartureSettingsRecords.create(created)
    return created
  } catch (error) {
    // Two first settings at once: the later one changes what the first made.
    if ((error as { code?: unknown }).code !== 11000) throw error
    const second = await change()
    if (!second) throw error
    return second
  }
}
