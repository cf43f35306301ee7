import type { Day } from '../base/day.js'

export type Severity = 'overdue' | 'blocked' | 'due' | 'info'
export const severities = ['overdue', 'blocked', 'due', 'info'] as const satisfies readonly Severity[]

/** One thing somebody has to do. `text`, `note` and `action` are whole text keys; days among the facts are days. */
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
}

/** Most urgent first, and of those the one that has waited longest. */
export function inOrder(tasks: readonly Task[]): Task[] {
  const rank = (task: Task) => severities.indexOf(task.severity)
  return tasks.toSorted((a, b) => rank(a) - rank(b) || ((a.on ?? '') < (b.on ?? '') ? -1 : 1))
}

/** The registers a notice needs, in the order they are filled. */
export type Registers = { services: number; engagements: number; customers: number }

export function isEmpty({ services, engagements, customers }: Registers): boolean {
  return services + engagements + customers === 0
}

export type Step = 'services' | 'engagements' | 'customers'

/** The first register that is still empty; null once all are begun. */
export function nextStep(registers: Registers): Step | null {
  return (['services', 'engagements', 'customers'] as const).find((step) => registers[step] === 0) ?? null
}

export type Health = {
  /** Of the last week. `kept`: written, and not sent to anybody. */
  mail: { lost: number; waiting: number; kept: number }
  failing: string[]
  log: { at: Date; breaks: number } | null
}
