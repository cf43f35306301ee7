import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'
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
  days: ReminderDays,
  move: Omit<Move, 'version'>,
): Promise<ReminderSetting> {
  const set = { offsets: [...days.offsets], escalate: days.escalate }
  if (!(await readReminderSetting())) {
    try {
      const created = { _id: only, ...set, ...firstMove(move) }
      await ReminderSettings.create(created)
      return created
    } catch (error) {
      // Two first settings at once: the later one changes what the first made.
      if ((error as { code?: unknown }).code !== 11000) throw error
    }
  }
  const moved = await moveOne(ReminderSettings, { _id: only }, { $set: set }, move)
  if (!moved) throw new Error('the setting is not there')
  return moved
}
