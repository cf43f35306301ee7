import type { Task } from '../../base/task.js'
import { addDays, daysBetween, type Day } from '../../base/day.js'
import { requestState, type Statement } from '../rules.js'
import type { Listed } from './list.js'
import { urlOf } from './words.js'

/** A statement that has come is read within two weeks. */
const daysToRead = 14

export function tasksOf(
  {
    open,
    overdue,
    controls,
    lacking,
  }: { open: readonly Listed[]; overdue: readonly Listed[]; controls: readonly Listed[]; lacking: number },
  today: Day,
): Task[] {
  return [
    ...open.flatMap((listed) => openTask(listed, today)),
    ...overdue.map(({ statement, vendorName, vendorReference }) =>
      task('expected', statement, vendorName, {
        severity: 'overdue',
        on: statement.expectedOn,
        url: `/statements/request?vendor=${vendorReference}`,
      }),
    ),
    ...controls.map(({ statement, vendorName }) =>
      task('controls', statement, vendorName, {
        severity: 'info',
        on: null,
        url: `${urlOf(statement)}#cuecs`,
      }),
    ),
    ...(lacking > 0
      ? [
          {
            severity: 'due' as const,
            text: 'statements:task.centres',
            facts: { count: lacking },
            note: null,
            action: 'statements:task-action.centres',
            url: '/statements/data-centres',
            post: false,
            on: null,
          },
        ]
      : []),
  ]
}

function openTask({ statement, vendorName }: Listed, today: Day): Task[] {
  const { state, request, receivedOn } = statement
  if (state === 'requested') {
    if (request === null) return []
    if (requestState(request) === 'not-reached')
      return [task('not-reached', statement, vendorName, { severity: 'overdue', on: request.dueOn })]
    // What waits for them is ours once it is late: then it is ours to press for it.
    if (request.dueOn >= today) return []
    return [task('late', statement, vendorName, { severity: 'overdue', on: request.dueOn })]
  }
  if (state !== 'received' && state !== 'read') return []
  const by = receivedOn === null ? null : addDays(receivedOn, daysToRead)
  const severity = by !== null && daysBetween(by, today) > 0 ? 'overdue' : 'due'
  return [task(state, statement, vendorName, { severity, on: by })]
}

function task(
  what: string,
  statement: Statement,
  vendor: string,
  { severity, on, url = urlOf(statement) }: { severity: Task['severity']; on: Day | null; url?: string },
): Task {
  return {
    severity,
    text: `statements:task.${what}`,
    facts: { reference: statement.reference, vendor },
    note: null,
    action: `statements:task-action.${what}`,
    url,
    post: false,
    on,
  }
}
