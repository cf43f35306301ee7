import { addMonths, type Day } from '../../base/day.js'
import type { Locale } from '../../base/context.js'
import { lawNow } from '../../transfers/actions.js'
import {
  adequacyOn,
  endOf,
  endsSoon,
  holdsOn,
  needsCheck,
  rulingSince,
  tiaReviewMonths,
  type DecisionFacts,
  type Law,
} from '../../transfers/rules.js'
import { listsUpToDate } from '../records/relisting.js'
import {
  engagementsAssessedBefore,
  engagementsOnAdequacyOf,
  engagementsOnBasis,
  engagementsWithTiaBy,
} from '../records/transfers.js'
import { standingOf } from '../rules/standing.js'
import { listingsDue, scopesDue, tiaBeforeRuling, tiaDue, type TransferDue } from '../rules/transfers-due.js'
import { nobodyInstructed, type InstructedFor } from './instructed.js'
import { findingsInShort } from './law-findings.js'
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

/** `lists`: the mark of the register's lists, once they are up to date. */
export type LawSeen = { lists: Promise<string | null>; instructedFor: InstructedFor }

/**
 * What the law asks to be done: transfers on the list that have no basis or no instruction, decisions that end or ended under us,
 * facts to look up, assessments to make again.
 */
export async function lawTasks(
  today: Day,
  locale: Locale = 'da',
  seen: LawSeen = { lists: listsUpToDate(today), instructedFor: nobodyInstructed },
): Promise<LawTask[]> {
  const law = await lawNow()
  const [endings, { tia, listings, scopes }, { unlawful, uninstructed }] = await Promise.all([
    Promise.all(law.decisions.map((decision) => endingTask(law, decision, today, locale))),
    transfersDue(today),
    seen.lists.then((stamp) => findingsInShort(stamp, today, seen.instructedFor)),
  ])
  const unchecked = law.decisions.filter((decision) => needsCheck(decision, today)).length
  return [
    ...counted(unlawful, {
      severity: 'blocked',
      text: 'law:task.unlawful',
      action: 'law:task-action.put-right',
      url: '/transfers/due',
      on: null,
    }),
    ...counted(uninstructed ? 1 : 0, {
      severity: 'blocked',
      text: 'law:task.uninstructed',
      action: 'law:task-action.put-right',
      url: '/transfers/due#uninstructed',
      on: null,
    }),
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
    ...counted(scopes.length, {
      severity: 'due',
      text: 'law:task.scopes',
      action: 'law:task-action.look-up',
      url: '/transfers/due#scopes',
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

export type TransfersDue = { tia: TransferDue[]; listings: TransferDue[]; scopes: TransferDue[] }

/** Transfers whose assessment or look-up is due. */
export async function transfersDue(today: Day): Promise<TransfersDue> {
  const law = await lawNow()
  const by = addMonths(today, reviewWarningMonths)
  const limited = [
    ...new Set(law.decisions.flatMap(({ kind, country }) => (kind === 'adequacy' ? (country ?? []) : []))),
  ].filter((country) => {
    const adequacy = adequacyOn(law, country, today)
    return adequacy !== null && adequacy.limited && adequacy.requiresListing === undefined
  })
  const [assessed, listed, within, overtaken] = await Promise.all([
    engagementsWithTiaBy(by, addMonths(by, -tiaReviewMonths)),
    engagementsOnBasis('adequacy-dpf'),
    engagementsOnAdequacyOf(limited),
    overtakenBy(law, today),
  ])
  const tia = tiaDue(assessed, by)
  const again = overtaken.filter(
    (each) =>
      !tia.some(
        ({ engagement, transfer }) =>
          engagement._id === each.engagement._id && transfer.country === each.transfer.country,
      ),
  )
  return {
    tia: [...again, ...tia],
    listings: listingsDue(listed, today),
    scopes: scopesDue(law, within, today),
  }
}

/** Only rulings of the last years: what was assessed before any earlier one has been due for review since. */
async function overtakenBy(law: Law, today: Day): Promise<TransferDue[]> {
  const since = addMonths(today, -tiaReviewMonths)
  const rulings = law.decisions.flatMap(({ country }) => {
    const ruling = country === null ? null : rulingSince(law, country, since, today)
    return country !== null && ruling ? [{ country, on: ruling.on }] : []
  })
  const last = rulings
    .map(({ on }) => on)
    .toSorted()
    .at(-1)
  if (last === undefined) return []
  const countries = [...new Set(rulings.map(({ country }) => country))]
  return tiaBeforeRuling(law, await engagementsAssessedBefore(countries, last), today)
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
