/**
 * Whether the notice a sub-processor owes us is long enough for the notice we owe customers, judged by working through the days
 * and not by comparing numbers: 30 days of theirs are too few for 30 of ours, since ours begin when we have read and sent, and
 * end on a business day (clauses 7.3, B.2; Reg. 1182/71 art. 3(4)).
 */
import { addBusinessDays, nextBusinessDay } from '../../base/calendar.js'
import { addDays, daysBetween, type Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import { endOfPeriod, lastDayToObject, type DateRules } from '../../notices/rules/deadlines.js'

/**
 * - 'short': there is a day in the coming year on which their notice leaves some customer less than its own.
 * - 'no-time-to-object': customers have theirs, but what they object may reach us too late to object in turn.
 * - 'unknown': no period is recorded.
 */
export type GapState = 'short' | 'unknown' | 'no-time-to-object' | 'enough'
export const gapStates = [
  'short',
  'unknown',
  'no-time-to-object',
  'enough',
] as const satisfies readonly GapState[]

/** Days to ask for: so that customers have their notice, and so that their objections can be carried on, too. */
export type Needed = { period: NoticePeriod; forNotice: number; forObjection: number; worstOn: Day }

export type Gap = {
  state: GapState
  needed: Needed | null
  /** The worst day in the coming year to receive their notice, and by how many days it is too short then. */
  worst: { on: Day; shortBy: number } | null
}

/** A year of days on which their notice may reach us: every holiday and every length of month is among them. */
const daysAhead = 366

/** How many days from receiving their notice a customer with that period needs, at worst in the coming year. */
export function neededFor(period: NoticePeriod, handlingDays: number, today: Day, rules: DateRules): Needed {
  let worst: Needed = { period, forNotice: 0, forObjection: 0, worstOn: today }
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const received = addDays(today, ahead)
    const { lastDay, carriedOn } = customersDays(received, period, handlingDays, rules)
    const forNotice = daysBetween(received, lastDay)
    const forObjection = daysBetween(received, carriedOn)
    worst = {
      period,
      forNotice: Math.max(worst.forNotice, forNotice),
      forObjection: Math.max(worst.forObjection, forObjection),
      worstOn: forNotice > worst.forNotice ? received : worst.worstOn,
    }
  }
  return worst
}

/** The longest of what is owed, by what it needs and not by its number. */
export function longestNeeded(needs: readonly Needed[]): Needed | null {
  return needs.reduce<Needed | null>(
    (longest, each) => (longest === null || each.forNotice > longest.forNotice ? each : longest),
    null,
  )
}

/**
 * `theirs`: what they owe us. Their change may begin the day after its end; nothing extends it in our favour. Without customers
 * to tell there is no gap.
 */
export function judgeGap(
  theirs: NoticePeriod | undefined,
  needed: Needed | null,
  handlingDays: number,
  today: Day,
  rules: DateRules,
): Gap {
  if (needed === null) return { state: 'enough', needed, worst: null }
  if (theirs === undefined) return { state: 'unknown', needed, worst: null }
  let worst: Gap['worst'] = null
  let objectionsLate = false
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const received = addDays(today, ahead)
    const theirLast = endOfPeriod(received, theirs)
    const { lastDay, carriedOn } = customersDays(received, needed.period, handlingDays, rules)
    const shortBy = daysBetween(theirLast, lastDay)
    if (shortBy > 0 && shortBy > (worst?.shortBy ?? 0)) worst = { on: received, shortBy }
    if (carriedOn > theirLast) objectionsLate = true
  }
  return { state: worst ? 'short' : objectionsLate ? 'no-time-to-object' : 'enough', needed, worst }
}

/**
 * Their notice is received, ours goes out after our handling days, with the slack in its printed day; a customer objects on its
 * last day, and we need our handling days again to carry that on.
 */
function customersDays(
  received: Day,
  period: NoticePeriod,
  handlingDays: number,
  rules: DateRules,
): { lastDay: Day; carriedOn: Day } {
  const sent = nextBusinessDay(addBusinessDays(received, handlingDays))
  const lastDay = lastDayToObject(addBusinessDays(sent, rules.slackBusinessDays), period, rules)
  return { lastDay, carriedOn: addBusinessDays(lastDay, handlingDays) }
}

/** Worst first; within a state the one that lacks most. */
export function inOrderOfGap<Row extends { gap: Gap; name: string }>(rows: readonly Row[]): Row[] {
  const rank = ({ gap }: Row) => gapStates.indexOf(gap.state)
  return rows.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (b.gap.worst?.shortBy ?? 0) - (a.gap.worst?.shortBy ?? 0) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
}
