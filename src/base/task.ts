import type { Day } from './day.js'
import type { Permission } from './permission.js'

export type Severity = 'overdue' | 'blocked' | 'due' | 'info'
export const severities = ['overdue', 'blocked', 'due', 'info'] as const satisfies readonly Severity[]

/** One thing somebody has to do, as each room tells the overview. `text`, `note` and `action` are whole text keys; days among the facts are days. */
export type Task = {
  severity: Severity
  text: string
  facts: Record<string, string | number>
  note: string | null
  action: string
  url: string
  /** One step: a button that does it, instead of a link that leads to it. */
  post: boolean
  on: Day | null
  /** What one must be allowed to do it; where it names nothing, what the overview asks for all of its room. */
  needs?: Permission
}
