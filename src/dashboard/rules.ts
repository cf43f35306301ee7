import { allows, type Role } from '../auth/permissions.js'
import { severities, type Task } from '../base/task.js'

export { severities, type Severity, type Task } from '../base/task.js'

/** Most urgent first, and of those the one that has waited longest. */
export function inOrder(tasks: readonly Task[]): Task[] {
  const rank = (task: Task) => severities.indexOf(task.severity)
  return tasks.toSorted((a, b) => rank(a) - rank(b) || ((a.on ?? '') < (b.on ?? '') ? -1 : 1))
}

/** What the reader may do, and what waits for others: those who only read see all the same what is late. */
export function sharedOut(tasks: readonly Task[], role: Role): { own: Task[]; others: Task[] } {
  const mine = ({ needs }: Task) => needs === undefined || allows(role, needs)
  return { own: tasks.filter(mine), others: tasks.filter((task) => !mine(task)) }
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
