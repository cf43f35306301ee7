/** Reads every room's overview and changes nothing. */
import type { Context, Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import { lastCheck } from '../audit-log/actions.js'
import { countCustomers } from '../customers/actions.js'
import { timerRuns, type TimerRun } from '../jobs/actions.js'
import { countMailsIn } from '../mail/actions.js'
import { noticesToShow, noticeTasks } from '../notices/actions.js'
import { objectionTasks } from '../objections/actions.js'
import { allServices, countRunningEngagements, lawTasks, listForAll } from '../register/actions.js'
import { mappedRows } from '../register/page/map.js'
import { missingIn, type ListRow } from '../register/rules.js'
import { lawNow } from '../transfers/actions.js'
import { mapOf, type WorldMap } from '../transfers/map.js'
import { inOrder, type Health, type Registers, type Task } from './rules.js'

const week = 7 * 86_400_000
const hour = 3_600_000

/** `list`: what any customer has approved today, which the map shows too. */
export async function tasksToShow(
  today: Day,
  list = listForAll(today),
  locale: Locale = 'da',
): Promise<Task[]> {
  const [notices, objections, register] = await Promise.all([
    noticeTasks(today),
    objectionTasks(today),
    registerTasks(today, list, locale),
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

/** Where everything that is approved today is stored and seen from; null while nothing is. */
export async function mapNow(
  { today, locale }: Context,
  list: Promise<ListRow[]>,
  area: unknown,
): Promise<WorldMap | null> {
  const records = mappedRows(await list)
  if (records.length === 0) return null
  return mapOf(
    {
      law: await lawNow(),
      records,
      day: today,
      locale,
      judged: true,
      of: 'sub-processors',
      areaUrl: (other) => `/?area=${other}`,
      countryUrl: (country) => `/register?country=${country}`,
    },
    area,
  )
}

export async function runningNotices(context: Context) {
  return (await noticesToShow(['draft', 'issuing', 'issued'], undefined, context)).entries
}

export async function registersNow(today: Day): Promise<Registers> {
  const [services, engagements, customers] = await Promise.all([
    allServices(),
    countRunningEngagements(),
    countCustomers(everyone, today),
  ])
  return { services: services.length, engagements, customers: customers.count }
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

async function registerTasks(today: Day, list: Promise<ListRow[]>, locale: Locale): Promise<Task[]> {
  const [law, unreachable, incomplete] = await Promise.all([
    lawTasks(today, locale),
    countCustomers({ ...everyone, withoutContact: true }, today),
    incompleteSubProcessors(list),
  ])
  const plain = { note: null, post: false, on: null } as const
  return [
    ...law.map((task): Task => ({ ...plain, ...task })),
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
            url: '/register/worklist?role=sub-processor',
          },
        ]
      : []),
  ]
}

async function incompleteSubProcessors(list: Promise<ListRow[]>): Promise<number> {
  return (await list).filter(({ content, contract }) => missingIn(content, contract).length > 0).length
}
