/** Reads every room's overview and changes nothing. */
import type { Context, Locale } from '../base/context.js'
import type { Day } from '../base/day.js'
import type { Permission } from '../base/permission.js'
import { lastCheck } from '../audit-log/actions.js'
import { breachTasks } from '../breaches/actions.js'
import { declarationTasks } from '../audits/actions/declaration-tasks.js'
import { auditTasks } from '../audits/actions/tasks.js'
import { countCustomers } from '../customers/actions.js'
import { timerRuns, type TimerRun } from '../jobs/actions.js'
import { countMailsIn } from '../mail/actions.js'
import { departureTasks } from '../departures/actions.js'
import { findingTasks } from '../findings/actions.js'
import { instructedFor, noticesToShow, noticeTasks } from '../notices/actions.js'
import { questionnaireTasks } from '../questionnaires/actions/tasks.js'
import { objectionTasks } from '../objections/actions.js'
import { requestTasks } from '../requests/actions.js'
import { replyTasks } from '../replies/actions.js'
import { statementTasks } from '../statements/actions.js'
import { supervisionTasks } from '../supervision/actions.js'
import { unpermittedUseTasks } from '../unpermitted-use/actions.js'
import { upstreamTasks } from '../upstream/actions.js'
import {
  allServices,
  contractTasks,
  countLackingAt,
  countRunningEngagements,
  drawnOfList,
  lawTasks,
  listsUpToDate,
} from '../register/actions.js'
import { lawNow } from '../transfers/actions.js'
import { mapOf, type WorldMap } from '../transfers/map.js'
import { inOrder, type Health, type Registers, type Task } from './rules.js'

const week = 7 * 86_400_000
const hour = 3_600_000

/** `lists`: the mark of the register's lists, once they are up to date. */
export async function tasksToShow(
  { now, today, locale }: Pick<Context, 'now' | 'today' | 'locale'>,
  zone: string,
  lists = listsUpToDate(today),
): Promise<Task[]> {
  const [notices, objections, replies, upstream, unpermitted, supervision, duties, register] =
    await Promise.all([
      noticeWork(today),
      asking('objections:write', objectionTasks(today)),
      asking('objections:write', replyTasks(today, zone)),
      asking('notices:write', upstreamTasks(today)),
      asking('notices:write', unpermittedUseTasks()),
      asking('supervision:write', supervisionWork(today)),
      dutyTasks({ now, today, locale }),
      registerTasks(today, lists, locale),
    ])
  return inOrder([
    ...notices,
    ...objections,
    ...replies,
    ...upstream,
    ...unpermitted,
    ...supervision,
    ...duties,
    ...register,
  ])
}

/** What a room's tasks take, where a task does not say it itself. */
async function asking(needs: Permission, tasks: Promise<readonly Task[]>): Promise<Task[]> {
  return (await tasks).map((task) => ({ needs, ...task }))
}

async function noticeWork(today: Day): Promise<Task[]> {
  return (await noticeTasks(today)).map(({ text, action, ...task }): Task => ({
    ...task,
    text: `notices:task.${text}`,
    action: `notices:task-action.${action}`,
    note: null,
    post: false,
    // A DPO may send what an officer has prepared.
    needs: task.kind === 'notice-draft-send-by' ? 'notices:issue' : 'notices:write',
  }))
}

/** Of what we owe customers beside notices and supervision. */
async function dutyTasks({ now, today, locale }: Pick<Context, 'now' | 'today' | 'locale'>): Promise<Task[]> {
  const found = await Promise.all([
    asking('breaches:write', breachTasks(now, locale)),
    asking('requests:write', requestTasks(today)),
    asking('departures:write', departureTasks(today)),
    asking('audits:conclude', declarationTasks(today)),
    asking('audits:write', auditTasks(today)),
  ])
  return found.flat()
}

/** Of the yearly supervision: what is owed, asked, found. */
async function supervisionWork(today: Day): Promise<Task[]> {
  const found = await Promise.all([
    supervisionTasks(today),
    questionnaireTasks(today),
    statementTasks(today),
    findingTasks(today),
  ])
  return found.flat()
}

/** Where everything that is approved today is stored and seen from; null while nothing is. */
export async function mapNow(
  { today, locale }: Context,
  lists: Promise<string | null>,
  area: unknown,
): Promise<WorldMap | null> {
  const [law, stamp] = await Promise.all([lawNow(), lists])
  const asked = area === 'world' || area === 'europe' ? area : ''
  // The law is a value: with another one the map is drawn anew.
  const key = `map/${locale}/${asked}/${JSON.stringify(law)}`
  return drawnOfList(stamp, today, key, async (records) =>
    records.length === 0
      ? null
      : mapOf(
          {
            law,
            records,
            day: today,
            locale,
            judged: true,
            of: 'sub-processors',
            areaUrl: (other) => `/?area=${other}`,
            countryUrl: (country) => `/register?country=${country}`,
          },
          asked,
        ),
  )
}

export async function runningNotices(context: Context) {
  return (await noticesToShow(['draft', 'issuing', 'issued'], context)).entries
}

export async function registersNow(today: Day): Promise<Registers> {
  const begun = await registersUpTo(1, today)
  // How large they have become is told only while one of them is empty.
  return Object.values(begun).includes(0) ? registersUpTo(1000, today) : begun
}

async function registersUpTo(most: number, today: Day): Promise<Registers> {
  const [services, engagements, customers] = await Promise.all([
    allServices(),
    countRunningEngagements(most),
    countCustomers(everyone, today, most),
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

async function registerTasks(today: Day, lists: Promise<string | null>, locale: Locale): Promise<Task[]> {
  const [law, contracts, unreachable, incomplete] = await Promise.all([
    lawTasks(today, locale, { lists, instructedFor }),
    contractTasks(today, lists),
    countCustomers({ ...everyone, withoutContact: true }, today),
    lists.then(countLackingAt),
  ])
  const plain = { note: null, post: false, on: null, needs: 'register:write' } as const
  return [
    ...law.map((task): Task => ({ ...plain, ...task })),
    ...contracts,
    ...(unreachable.count > 0
      ? [
          {
            ...plain,
            severity: 'due' as const,
            text: 'dashboard:task.without-contact',
            facts: { count: unreachable.count },
            action: 'dashboard:task-action.add-contact',
            needs: 'customers:write' as const,
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
