import { addBusinessDays } from '../../base/calendar.js'
import type { Day } from '../../base/day.js'

export type TaskKind =
  | 'notice-draft-send-by'
  | 'notice-undelivered'
  | 'notice-correction'
  | 'notice-approval-outstanding'
  | 'notice-instruction-missing'
  | 'notice-permitted-not-in-use'
  | 'notice-use-blocked'
  | 'notice-deletion'

/** `text` is a key below `notices:task`; `action` one below `notices:task-action`, for the button. */
export type NoticeTask = {
  kind: TaskKind
  severity: 'overdue' | 'due' | 'blocked' | 'info'
  text: string
  facts: Record<string, string | number>
  action: string
  url: string
  on: Day
}

/** How long before the latest day to send a draft is due. */
const draftAhead = 5

/** Overdue once the day is past, due from some business days before it, else for information. */
export function severityBy(on: Day, today: Day): 'overdue' | 'due' | 'info' {
  if (on < today) return 'overdue'
  return on <= addBusinessDays(today, draftAhead) ? 'due' : 'info'
}
