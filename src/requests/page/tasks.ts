import type { Day } from '../../base/day.js'
import type { Task } from '../../base/task.js'
import { isDueSoon, isOverdue, nextStep, type CustomerRequest, type RequestStep } from '../rules.js'
import { urlOf } from './words.js'

/** Where on its page the next step is taken. */
export const anchors: Partial<Record<RequestStep, string>> = {
  assess: '#take',
  reply: '#message',
  answer: '#answer',
  tell: '#answer',
  'ask-again': '#message',
}

/** What is ours to do: what waits for the customer is shown once it has been reminded in vain. */
export function tasksOf(requests: readonly CustomerRequest[], today: Day): Task[] {
  return requests.flatMap((request): Task[] => {
    const next = nextStep(request, today)
    if (next === null || next === 'wait') return []
    const ours = next === 'assess' || next === 'reply' || next === 'tell' || next === 'ask-again'
    return [
      {
        severity: isOverdue(request, today) ? 'overdue' : ours || isDueSoon(request, today) ? 'due' : 'info',
        text: `requests:task.${next}`,
        facts: { reference: request.reference, customer: request.customerName, due: request.dueOn },
        note: `requests:kind.${request.kind}.name`,
        action: `requests:task-action.${next}`,
        url: `${urlOf(request)}${anchors[next] ?? ''}`,
        post: false,
        on: request.dueOn,
      },
    ]
  })
}
