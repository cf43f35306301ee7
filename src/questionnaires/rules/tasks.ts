import type { Task } from '../../base/task.js'
import type { Day } from '../../base/day.js'
import type { Questionnaire } from './questionnaire.js'

export type OpenWork = {
  /** Their mail was refused, or is kept because no mail server is set. */
  lost: readonly Questionnaire[]
  overdue: readonly Questionnaire[]
  submitted: readonly Questionnaire[]
  prepared: readonly Questionnaire[]
}

/** So many of one kind stand alone; more become one line that leads to the list. */
const mostSingle = 5

export function tasksOf({ lost, overdue, submitted, prepared }: OpenWork): Task[] {
  const refused = lost.filter(({ delivery }) => delivery === 'refused')
  const kept = lost.filter(({ delivery }) => delivery === 'kept')
  // Whom nobody has reached is looked for first: chasing an answer comes after.
  const reached = overdue.filter(({ delivery }) => delivery !== 'refused' && delivery !== 'kept')
  return [
    ...group(refused, 'refused', 'blocked', 'state=asked&mail=refused', (url) => `${url}#owner`),
    ...group(kept, 'kept', 'blocked', 'state=asked&mail=kept', (url) => `${url}#mails`),
    ...group(reached, 'overdue', 'overdue', 'state=asked', (url) => `${url}#due`),
    ...group(submitted, 'submitted', 'due', 'state=submitted', (url) => `${url}/review`),
    ...group(prepared, 'prepared', 'info', 'state=prepared', (url) => `${url}/preview`),
  ]
}

function group(
  those: readonly Questionnaire[],
  kind: string,
  severity: Task['severity'],
  query: string,
  at: (url: string) => string,
): Task[] {
  const task = (url: string, facts: Record<string, string | number>, on: Day | null, many: string) => ({
    severity,
    text: `questionnaires-asking:task.${kind}${many}`,
    facts,
    note: null,
    action: `questionnaires-asking:task-action.${kind}`,
    url,
    post: false,
    on,
  })
  if (those.length > mostSingle)
    return [task(`/questionnaires?${query}`, { count: those.length }, those[0]?.dueOn ?? null, '-many')]
  return those.map(({ reference, vendorName, dueOn, owner }) =>
    task(
      at(`/questionnaires/${reference}`),
      { reference, vendor: vendorName, due: dueOn, owner: owner.name },
      kind === 'submitted' || kind === 'prepared' ? null : dueOn,
      '',
    ),
  )
}
