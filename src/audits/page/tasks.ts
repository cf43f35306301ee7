import type { Task } from '../../base/task.js'
import { daysBetween, type Day } from '../../base/day.js'
import type { Audit, Test } from '../rules/audit.js'
import { auditUrl } from './words.js'

/** A year is audited in the year: from the first of October on an audit that has not begun is due. Ours, no law's. */
const beginBy = '10-01'
/** Untested controls are due so many days before the period ends, and late when it has ended. */
const dueDays = 60

/** `audits`: those open; `begun`: this year has one. What was found is told by the findings themselves. */
export function auditTasksOf(
  audits: readonly { audit: Audit; tests: readonly Test[] }[],
  { today, begun }: { today: Day; begun: boolean },
): Task[] {
  const year = Number(today.slice(0, 4))
  const plain = { note: null, post: false }
  const begin: Task = {
    ...plain,
    severity: 'due',
    text: 'audits:task.begin',
    facts: { year },
    action: 'audits:task-action.begin',
    url: '/audits/new',
    on: `${year}-12-31`,
  }
  const due = !begun && today >= `${year}-${beginBy}`
  return [
    ...(due ? [begin] : []),
    ...audits.flatMap(({ audit, tests }): Task[] => {
      const count = tests.filter(({ result }) => result === null).length
      const left = daysBetween(today, audit.period.to)
      if (audit.state !== 'open' || count === 0 || left > dueDays) return []
      return [
        {
          ...plain,
          severity: left < 0 ? 'overdue' : 'due',
          text: 'audits:task.test',
          facts: { count, year: audit.year },
          action: 'audits:task-action.test',
          url: `${auditUrl(audit)}/controls?result=open`,
          on: audit.period.to,
        },
      ]
    }),
  ]
}
