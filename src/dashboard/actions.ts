/** Reads every room's overview and changes nothing. */
import type { Context } from '../base/context.js'
import type { Day } from '../base/day.js'
import { lastCheck } from '../audit-log/actions.js'
import { countCustomers } from '../customers/actions.js'
import { timerRuns, type TimerRun } from '../jobs/actions.js'
import { countMailsIn } from '../mail/actions.js'
import { noticesToShow, noticeTasks } from '../notices/actions.js'
import { objectionTasks } from '../objections/actions.js'
import { allServices, listForAll, runningEngagements } from '../register/actions.js'
import { missingIn } from '../register/rules.js'
import { inOrder, type Health, type Registers, type Task } from './rules.js'

const week = 7 * 86_400_000
const hour = 3_600_000

export async function tasksToShow(today: Day): Promise<Task[]> {
  const [notices, objections, register] = await Promise.all([
    noticeTasks(today),
    objectionTasks(today),
    registerTasks(today),
  ])
  return inOrder([
    ...notices.map(({ text, action, ...task }): Task => ({
      ...task,
      text: `notices:task.${text}`,
      action: `notices:task-action.${action}`,
      note: null,
      post: false,
    })),
    ...objections,
    ...register,
  ])
}

export async function runningNotices(context: Context) {
  return (await noticesToShow(['draft', 'issuing', 'issued'], undefined, context)).entries
}

export async function registersNow(today: Day): Promise<Registers> {
  const [services, engagements, customers] = await Promise.all([
    allServices(),
    runningEngagements(),
    countCustomers(everyone, today),
  ])
  return { services: services.length, engagements: engagements.length, customers: customers.count }
}

export async function healthNow(now: Date): Promise<Health> {
  const lately = new Date(now.getTime() - week)
  const [lost, waiting, kept, runs, log] = await Promise.all([
    countMailsIn(['bounced', 'given-up'], lately),
    countMailsIn(['queued', 'claimed', 'deferred'], lately),
    countMailsIn(['kept'], lately),
    timerRuns(),
    lastCheck(),
  ])
  return { mail: { lost, waiting, kept }, failing: runs.filter(isFailing(now)).map(({ _id }) => _id), log }
}

export async function timersNow(): Promise<TimerRun[]> {
  return timerRuns()
}

// One failure may be a database that was away for a moment; it counts while it is the last word on the matter.
function isFailing(now: Date): (run: TimerRun) => boolean {
  return ({ failures, failedAt }) =>
    failures > 0 && failedAt !== null && now.getTime() - failedAt.getTime() < 24 * hour
}

const everyone = {
  q: '',
  service: null,
  authorisation: null,
  noticeKey: null,
  withoutContact: false,
  state: 'current' as const,
}

async function registerTasks(today: Day): Promise<Task[]> {
  const [unreachable, incomplete] = await Promise.all([
    countCustomers({ ...everyone, withoutContact: true }, today),
    incompleteSubProcessors(today),
  ])
  const plain = { note: null, post: false, on: null } as const
  return [
    ...(unreachable.count > 0
      ? [
          {
            ...plain,
            severity: 'due' as const,
            text: 'dashboard:task.without-contact',
            facts: { count: unreachable.count },
            action: 'dashboard:task-action.add-contact',
            url: '/customers?contact=without',
          },
        ]
      : []),
    ...(incomplete > 0
      ? [
          {
            ...plain,
            severity: 'info' as const,
            text: 'dashboard:task.incomplete',
            facts: { count: incomplete },
            action: 'dashboard:task-action.complete',
            url: '/register',
          },
        ]
      : []),
  ]
}

async function incompleteSubProcessors(today: Day): Promise<number> {
  return (await listForAll(today)).filter(({ content, contract }) => missingIn(content, contract).length > 0)
    .length
}
