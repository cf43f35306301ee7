/** When a finding must be put right, and who is reminded when. */
import { addDays, type Day } from '../../base/day.js'
import type { Finding, Severity } from './finding.js'

/** Days to put it right, by severity: ours, no law's. The day itself may be set otherwise on each finding, with a reason. */
export const daysToPutRight: Readonly<Record<Severity, number>> = {
  critical: 14,
  high: 30,
  medium: 90,
  low: 180,
}

export function dueBy(severity: Severity, today: Day): Day {
  return addDays(today, daysToPutRight[severity])
}

/** Days from the due day: before it, on it, after it; at the last the DPO is told as well. */
const reminderDays = [-7, 0, 7, 14] as const
export type ReminderDay = (typeof reminderDays)[number]
const escalationDay: ReminderDay = 14

/** The first reminder that lies after that day. */
export function nextReminder(dueOn: Day, after: Day): Day | null {
  return reminderDays.map((days) => addDays(dueOn, days)).find((on) => on > after) ?? null
}

/**
 * What is to be sent now: of the reminders that have become due since the last, only the latest, so that after days of standing
 * nobody gets three at once; and the word to the DPO once that is due.
 */
export function remindersNow(
  { dueOn, remindOn }: Pick<Finding, 'dueOn' | 'remindOn'>,
  today: Day,
): { reminder: ReminderDay | null; escalate: boolean } {
  if (remindOn === null || remindOn > today) return { reminder: null, escalate: false }
  const passed = reminderDays.filter((days) => {
    const on = addDays(dueOn, days)
    return on >= remindOn && on <= today
  })
  const reminder = passed.filter((days) => days !== escalationDay).at(-1) ?? null
  return { reminder, escalate: passed.includes(escalationDay) }
}

export function isOverdue({ running, dueOn }: Pick<Finding, 'running' | 'dueOn'>, today: Day): boolean {
  return running && dueOn < today
}
