import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { movedFields, type Move, type Moved } from '../../db/moves.js'
import { saveOnly } from '../../db/only.js'
import type { ReminderDays } from '../rules/reminders.js'

/** The days of reminders as the organisation has set them. */
export type ReminderSetting = { _id: string; offsets: number[]; escalate: number } & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    offsets: { type: [Number], required: true },
    escalate: { type: Number, required: true },
  },
  { versionKey: false },
)
export const ReminderSettings = model<ReminderSetting>(
  'supervision-reminders',
  schema as unknown as Schema<ReminderSetting>,
)
registerMoved(ReminderSettings)

const only = 'supervision-reminders'

export async function readReminderSetting(): Promise<ReminderSetting | null> {
  return ReminderSettings.findById(only).lean<ReminderSetting>()
}

export async function saveReminderSetting(
  { offsets, escalate }: ReminderDays,
  move: Omit<Move, 'version'>,
): Promise<ReminderSetting> {
  return saveOnly(ReminderSettings, only, { offsets: [...offsets], escalate }, move)
}
