import { addDays, type Day } from '../../base/day.js'
import type { Departure } from './departure.js'

/** Days from the due day on which those who have not answered are reminded; at the last the DPO is told as well. */
const reminderDays = [-7, 0, 7, 14] as const
export type ReminderDay = (typeof reminderDays)[number]
export const escalationDay: ReminderDay = 14

export function nextReminder(dueOn: Day, after: Day): Day | null {
  return reminderDays.map((days) => addDays(dueOn, days)).find((on) => on > after) ?? null
}

/** Of the reminders that have become due since the last, only the latest: after days of standing nobody gets three at once. */
export function reminderNow(
  { dueOn, remindOn }: Pick<Departure, 'dueOn' | 'remindOn'>,
  today: Day,
): ReminderDay | null {
  if (remindOn === null || remindOn > today) return null
  const passed = reminderDays.filter((days) => {
    const on = addDays(dueOn, days)
    return on >= remindOn && on <= today
  })
  return passed.at(-1) ?? null
}

export function isOverdue({ state, dueOn }: Pick<Departure, 'state' | 'dueOn'>, today: Day): boolean {
  return (state === 'open' || state === 'asked') && dueOn < today
}
