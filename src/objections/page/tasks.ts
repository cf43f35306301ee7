import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import { nextStep, type Objection } from '../rules.js'
import { urlOf } from './words.js'

/** `waiting`: recipients whose days are over, so that nothing but an objection stands between them and permission. */
export function tasksOf(objections: readonly Objection[], waiting: ReadonlySet<string>, today: Day): Task[] {
  return objections.flatMap((objection): Task[] => {
    const next = nextStep(objection)
    if (!next || next.step === 'await-end') return []
    const late = next.by < today || next.step === 'stop-use'
    return [
      {
        severity: late ? 'overdue' : waiting.has(objection.recipient) ? 'blocked' : 'due',
        text: `objections:task.${next.step}`,
        facts: { customer: objection.customerName, notice: objection.noticeReference },
        note: waiting.has(objection.recipient) ? 'objections:taskWaits' : null,
        action: `objections:next.${next.step}`,
        url:
          next.step === 'take'
            ? `${urlOf(objection)}/take`
            : `${urlOf(objection)}#${next.step === 'settle' ? 'settle' : 'assess'}`,
        post: next.step === 'take',
        on: next.by,
      },
    ]
  })
}
