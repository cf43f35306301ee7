import { addDays, type Day } from '../../base/day.js'
import { awaitsApproval } from './permission.js'
import type { Recipient } from './recipient.js'

/** Days before the last one on which a customer that has to approve, or to give an instruction, is asked again. */
const reminderDays = [14, 3]

/** How many reminders should have gone by today; none on the heels of the notice itself, none after the last day. */
export function remindersDue(
  recipient: Pick<Recipient, 'dayZero' | 'lastDay' | 'lines' | 'state' | 'blockedBy'>,
  today: Day,
): number {
  const { dayZero, lastDay, lines, state, blockedBy } = recipient
  if (state !== 'running' || dayZero === null || lastDay === null || today > lastDay) return 0
  if (!lines.some(awaitsApproval) && !blockedBy.includes('instruction')) return 0
  return reminderDays.filter((days) => {
    const on = addDays(lastDay, -days)
    return on <= today && on > addDays(dayZero, 2)
  }).length
}
