import type { Task } from '../../base/task.js'
import { daysBetween, type Day } from '../../base/day.js'
import { isOverdue, nextStep, type Finding } from '../rules.js'
import { urlOf } from './words.js'

/** A week ahead something is due; before that it is coming up. */
const soon = 7

/** What is ours to do. What waits for the vendor is shown once it is late: then it is ours to press for it. */
export function tasksOf(findings: readonly Finding[], today: Day): Task[] {
  return findings.flatMap((finding): Task[] => {
    const next = nextStep(finding)
    const late = isOverdue(finding, today)
    if (next === null || (next === 'wait' && !late)) return []
    const ours = next === 'check' || next === 'answer-question' || next === 'own'
    return [
      {
        severity:
          late && !ours ? 'overdue' : ours || daysBetween(today, finding.dueOn) <= soon ? 'due' : 'info',
        text: `findings:task.${next}${finding.vendorName === null ? '-here' : ''}`,
        facts: { reference: finding.reference, vendor: finding.vendorName ?? '', due: finding.dueOn },
        note: null,
        action: `findings:task-action.${next}`,
        url: `${urlOf(finding)}${next === 'own' ? '#change' : next === 'answer-question' ? '#note' : ''}`,
        post: false,
        on: finding.dueOn,
        ...(next === 'check' ? { needs: 'supervision:conclude' as const } : {}),
      },
    ]
  })
}
