import type { Day, Period } from '../../base/day.js'
import type { RiskBand } from '../../register/rules.js'
import { dutiesOf, reachedIn } from './duties.js'
import {
  progresses,
  progressOf,
  worst,
  type Duty,
  type DutyKind,
  type DutyState,
  type Progress,
} from './duty.js'
import { isWeaker, highest } from './score.js'
import { suffices, type Concept } from './model.js'
import type { Changes, Found, Supervised } from './standing.js'

/** planned: the way chosen does not suffice at these points; done: what was done in the year does not, though nothing is left to do. */
export type Weak = { how: 'planned' | 'done'; because: string | null }

export type EngagementYear = {
  engagement: Supervised
  duties: Duty[]
  /** What the year's supervision amounts to so far. */
  reached: Concept[]
  weak: Weak | null
  /** Open ones. */
  found: Found[]
  state: DutyState
  /** The next day on which something is due; null where nothing is left. */
  nextDue: Day | null
}

export type SupervisedVendor = { id: string; reference: string; name: string; sortKey: string }

export type VendorYear = {
  vendor: SupervisedVendor
  engagements: EngagementYear[]
  /** Of the riskiest engagement. */
  total: number | null
  band: RiskBand | null
  found: Found[]
  /** The last day on which a statement that was accepted may be relied on. */
  coveredTo: Day | null
  state: DutyState
  nextDue: Day | null
}

/** One sub-processor's year; null where none of its engagements ran. */
export function vendorYear(
  vendor: SupervisedVendor,
  engagements: readonly Supervised[],
  year: Period,
  changes: Changes,
  today: Day,
): VendorYear | null {
  const years = engagements
    .map((engagement) => engagementYear(engagement, year, changes, today))
    .filter((each): each is EngagementYear => each !== null)
  if (years.length === 0) return null
  const most = highest(years.flatMap(({ engagement }) => engagement.scored ?? []))
  const until = changes.held
    .filter(({ state }) => state === 'accepted' || state === 'follow-up')
    .flatMap((held) => held.until ?? [])
  return {
    vendor,
    engagements: years,
    total: most?.total ?? null,
    band: most?.band ?? null,
    found: changes.found.filter(({ closedOn }) => closedOn === null),
    coveredTo: until.toSorted().at(-1) ?? null,
    state: worst(years.map(({ state }) => state)),
    nextDue: soonest(years.map(({ nextDue }) => nextDue)),
  }
}

function engagementYear(
  engagement: Supervised,
  year: Period,
  changes: Changes,
  today: Day,
): EngagementYear | null {
  const duties = dutiesOf(engagement, year, changes, today)
  if (duties.length === 0) return null
  const reached = reachedIn(engagement, year, changes, today)
  const left = duties.filter(({ state }) => !['done', 'weaker', 'reviewed'].includes(state))
  return {
    engagement,
    duties,
    reached,
    weak: weakOf(engagement, duties, reached),
    found: changes.found.filter(
      ({ closedOn, engagements }) =>
        closedOn === null && (engagements.length === 0 || engagements.includes(engagement.id)),
    ),
    state: worst(duties.map(({ state }) => state)),
    nextDue: soonest(left.map(({ dueOn }) => dueOn)),
  }
}

function weakOf({ scored }: Supervised, duties: readonly Duty[], reached: readonly Concept[]): Weak | null {
  if (scored === null) return null
  const { concept, band, weakerBecause: because } = scored
  // Of a score nobody has confirmed no way has been chosen yet.
  if (scored.confirmed && isWeaker(concept, band)) return { how: 'planned', because }
  const over = duties.every(({ stage }) => stage === 'done' || stage === 'reviewed')
  return over && !reached.some((each) => suffices(each, band)) ? { how: 'done', because } : null
}

function soonest(days: readonly (Day | null)[]): Day | null {
  return days.filter((day): day is Day => day !== null).toSorted()[0] ?? null
}

export function dutyOf(years: readonly EngagementYear[], kind: DutyKind): Duty[] {
  return years.flatMap(({ duties }) => duties.filter((duty) => duty.kind === kind))
}

export type BoardSummary = {
  vendors: number
  progress: Record<Progress, number>
  /** How many duties fall due in each month of the year, and how far they have come. */
  months: { month: number; counts: Record<Progress, number> }[]
}

/** What the picture above the board shows. Counted in duties, since a vendor may have done one and owe another. */
export function summaryOf(rows: readonly VendorYear[], year: number): BoardSummary {
  const none = () => Object.fromEntries(progresses.map((each) => [each, 0])) as Record<Progress, number>
  const months = Array.from({ length: 12 }, (_, place) => ({ month: place + 1, counts: none() }))
  const progress = none()
  for (const { engagements } of rows)
    for (const { duties } of engagements)
      for (const { state, dueOn } of duties) {
        const each = progressOf(state)
        progress[each] += 1
        // What fell due before the year stands in its first month, what comes after it (a start in December) in the last.
        const month = dueOn < `${year}-01-01` ? 1 : dueOn > `${year}-12-31` ? 12 : Number(dueOn.slice(5, 7))
        const counted = months[month - 1]
        if (counted) counted.counts[each] += 1
      }
  return { vendors: rows.length, progress, months }
}
