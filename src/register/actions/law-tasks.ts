import { addMonths, type Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import { lawNow } from '../../transfers/actions.js'
import {
  endOf,
  endsSoon,
  holdsOn,
  needsCheck,
  tiaReviewMonths,
  type DecisionFacts,
  type Law,
} from '../../transfers/rules.js'
import { engagementsOnBasis, engagementsWithTiaBy } from '../records/transfers.js'
import { standingOf } from '../rules/standing.js'
import { listingsDue, tiaDue, type TransferDue } from '../rules/transfers-due.js'
import { endOfDecision, engagementsConcerned } from './standing.js'

/** Reviews are shown this long before they are due: an assessment takes some weeks; months. */
const reviewWarningMonths = 2
/** A membership that has ended is shown this long as the reason why a basis is missing; months. */
const membershipFollowMonths = 12

export type LawTask = {
  severity: 'overdue' | 'blocked' | 'due' | 'info'
  text: string
  facts: Record<string, string | number>
  action: string
  url: string
  on: Day | null
}

/** What the law asks to be done: decisions that end or ended under us, facts to look up, assessments to make again. */
export async function lawTasks(today: Day, locale: Locale = 'da'): Promise<LawTask[]> {
  const law = await lawNow()
  const [endings, { tia, listings }] = await Promise.all([
    Promise.all(law.decisions.map((decision) => endingTask(law, decision, today, locale))),
    transfersDue(today),
  ])
  const unchecked = law.decisions.filter((decision) => needsCheck(decision, today)).length
  return [
    ...endings.flatMap((task) => task ?? []),
    ...counted(tia.length, {
      severity: tia.some(({ on }) => on !== null && on < today) ? 'overdue' : 'due',
      text: 'law:task.tia',
      action: 'law:task-action.review',
      url: '/transfers/due',
      on: tia[0]?.on ?? null,
    }),
    ...counted(listings.length, {
      severity: 'due',
      text: 'law:task.listings',
      action: 'law:task-action.look-up',
      url: '/transfers/due',
      on: null,
    }),
    ...counted(unchecked, {
      severity: 'info',
      text: 'law:task.unchecked',
      action: 'law:task-action.check',
      url: '/countries?need=unchecked',
      on: null,
    }),
  ]
}

/** Transfers whose assessment or look-up is due. */
export async function transfersDue(today: Day): Promise<{ tia: TransferDue[]; listings: TransferDue[] }> {
  const by = addMonths(today, reviewWarningMonths)
  const [assessed, listed] = await Promise.all([
    engagementsWithTiaBy(by, addMonths(by, -tiaReviewMonths)),
    engagementsOnBasis('adequacy-dpf'),
  ])
  return { tia: tiaDue(assessed, by), listings: listingsDue(listed, today) }
}

function counted(count: number, task: Omit<LawTask, 'facts'>): LawTask[] {
  return count === 0 ? [] : [{ ...task, facts: { count } }]
}

/** Who left the EEA years ago is a third country like others by now: what lacks a basis there stands on the worklist. */
function isFollowed(decision: DecisionFacts, today: Day): boolean {
  const end = endOf(decision)
  return decision.kind !== 'membership' || end === null || addMonths(end, membershipFollowMonths) > today
}

/** Null where nothing of ours is touched. */
async function endingTask(
  law: Law,
  decision: DecisionFacts,
  today: Day,
  locale: Locale,
): Promise<LawTask | null> {
  const soon = endsSoon(decision, today)
  const past = decision.from <= today && !holdsOn(decision, today) && isFollowed(decision, today)
  if (!soon && !past) return null
  const change = endOfDecision(law, decision, today)
  const rows = await engagementsConcerned(decision)
  const falling = rows.filter((row) => standingOf(row, change) === 'falls').length
  if (falling === 0) return null
  const end = endOf(decision)
  return {
    severity: past ? 'blocked' : 'due',
    text: past ? 'law:task.fallen' : 'law:task.ends',
    facts: { name: decision.name[locale], day: end ?? '', count: falling },
    action: 'law:task-action.follow',
    url: `/decisions/${decision._id}`,
    on: end,
  }
}
