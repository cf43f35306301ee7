import type { Task } from '../../base/task.js'
import { addDays, type Day } from '../../base/day.js'
import type { EngagementYear, VendorYear } from './board.js'
import { noticeDays, type Duty } from './duty.js'

/** More than this many of a kind are told as one task that leads to the board. */
const mostOfAKind = 5

/**
 * What is owed and not asked for with 60 days left or less, what is weaker than the guidance without a reason, and scores to be
 * looked at. What is on its way already is told by the rooms of questionnaires, statements and findings.
 */
export function tasksOf(rows: readonly VendorYear[], today: Day): Task[] {
  const all = rows.flatMap(({ vendor, engagements }) =>
    engagements.map((year) => ({ name: vendor.name, year })),
  )
  const duties = all.flatMap((each) =>
    each.year.duties.filter((duty) => isUnasked(duty, today)).map((duty) => ({ ...each, duty })),
  )
  const plain = { note: null, post: false } as const
  const owed = duties.map(({ name, year, duty }): Task => ({
    ...plain,
    severity: duty.state === 'overdue' ? 'overdue' : 'due',
    text: `supervision:task.${duty.kind}`,
    facts: { name, on: duty.dueOn },
    action: 'supervision:task-action.see',
    url: urlOf(year),
    on: duty.dueOn,
  }))
  const weak = all
    .filter(({ year }) => year.weak !== null && year.weak.because === null)
    .map(({ name, year }): Task => ({
      ...plain,
      severity: 'due',
      text: 'supervision:task.weaker',
      facts: { name, points: year.engagement.scored?.total ?? 0 },
      action: 'supervision:task-action.weaker',
      url: `${urlOf(year)}/score`,
      on: null,
    }))
  const stale = all
    .filter(({ year }) => year.engagement.scored?.stale)
    .map(({ name, year }): Task => ({
      ...plain,
      severity: 'due',
      text: 'supervision:task.stale',
      facts: { name },
      action: 'supervision:task-action.score',
      url: `${urlOf(year)}/score`,
      on: null,
    }))
  const unscored = all.filter(({ year }) => year.engagement.scored?.confirmed === false)
  return [
    ...few(owed, 'owed', 'state=owed'),
    ...few(weak, 'weaker', 'weak=yes'),
    ...few(stale, 'stale', 'sort=risk'),
    ...(unscored.length === 0
      ? []
      : [
          {
            ...plain,
            severity: 'info' as const,
            text: 'supervision:task.unscored',
            facts: { count: unscored.length },
            action: 'supervision:task-action.score',
            url:
              unscored.length === 1 && unscored[0]
                ? `${urlOf(unscored[0].year)}/score`
                : '/supervision?sort=risk',
            on: null,
          },
        ]),
  ]
}

function isUnasked({ kind, state, stage, dueOn, by }: Duty, today: Day): boolean {
  // One that is prepared, or whose mail did not come, is told by the room of questionnaires.
  if (kind === 'questionnaire' && by.length > 0) return false
  const lacking = stage === 'nothing' || state === 'owed'
  return lacking && (state === 'owed' || state === 'overdue') && dueOn <= addDays(today, noticeDays)
}

function few(tasks: readonly Task[], kind: 'owed' | 'weaker' | 'stale', query: string): Task[] {
  const [first] = tasks
  if (tasks.length <= mostOfAKind || !first) return [...tasks]
  const overdue = tasks.filter(({ severity }) => severity === 'overdue').length
  return [
    {
      ...first,
      severity: overdue > 0 ? 'overdue' : 'due',
      text: `supervision:task.many-${kind}`,
      facts: { count: tasks.length },
      action: 'supervision:task-action.board',
      url: `/supervision?${overdue > 0 && kind === 'owed' ? 'state=overdue' : query}`,
      on: tasks.flatMap(({ on }) => on ?? []).toSorted()[0] ?? null,
    },
  ]
}

function urlOf({ engagement }: EngagementYear): string {
  return `/supervision/engagements/${engagement.reference}`
}
