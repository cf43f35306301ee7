import { addDays, addMonths, daysBetween, earlierOf, laterOf, type Day } from '../../base/day.js'
import { sortOf, type SortOf } from './kinds.js'
import type { Statement } from './statement.js'
import { expectedBy, isAccepted, spanOf, usualTerms, type Terms } from './validity.js'

/** Both days are in it. */
export type Interval = { from: Day; to: Day }

/** A letter from their management after a period: `after` is the last day of the period it goes on from. */
export type Bridge = Interval & { after: Day }

/** So much of a bridge letter counts, and the rest, which does not; null where there is none of it. */
export function bridgeParts(
  { from, to, after }: Bridge,
  { bridge }: Pick<Terms, 'bridge'> = usualTerms,
): { counted: Interval | null; beyond: Interval | null } {
  const begins = laterOf(from, addDays(after, 1))
  const last = addMonths(after, bridge)
  return {
    counted: begins <= earlierOf(to, last) ? { from: begins, to: earlierOf(to, last) } : null,
    beyond: to > last ? { from: laterOf(begins, addDays(last, 1)), to } : null,
  }
}

export type Covered = { covered: Interval[]; gaps: Interval[]; days: number; of: number }

/**
 * Which days between `from` and `to` are covered by the periods reported on, and by bridge letters for at most three months after
 * the period they go on from. Both ends count; periods that meet (31 December, 1 January) leave no gap.
 */
export function daysCovered(
  periods: readonly Interval[],
  bridges: readonly Bridge[],
  from: Day,
  to: Day,
  terms: Pick<Terms, 'bridge'> = usualTerms,
): Covered {
  const counted = bridges.flatMap((bridge) => bridgeParts(bridge, terms).counted ?? [])
  const covered = merged([...periods, ...counted], { from, to })
  const gaps: Interval[] = []
  let next = from
  for (const each of covered) {
    if (each.from > next) gaps.push({ from: next, to: addDays(each.from, -1) })
    next = addDays(each.to, 1)
  }
  if (next <= to) gaps.push({ from: next, to })
  const days = covered.reduce((sum, each) => sum + lengthOf(each), 0)
  return { covered, gaps, days, of: from <= to ? lengthOf({ from, to }) : 0 }
}

export function lengthOf({ from, to }: Interval): number {
  return daysBetween(from, to) + 1
}

function merged(intervals: readonly Interval[], within: Interval): Interval[] {
  const cut = intervals
    .map(({ from, to }) => ({ from: laterOf(from, within.from), to: earlierOf(to, within.to) }))
    .filter(({ from, to }) => from <= to)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const all: Interval[] = []
  for (const each of cut) {
    const last = all.at(-1)
    if (last && each.from <= addDays(last.to, 1)) last.to = laterOf(last.to, each.to)
    else all.push({ ...each })
  }
  return all
}

export type SpanKind = 'period' | 'bridge' | 'beyond' | 'day' | 'certificate'
export type Span = Interval & { kind: SpanKind; reference: string; accepted: boolean }

/** One kind of paper of one vendor through time. */
export type Lane = {
  sort: SortOf
  spans: Span[]
  /** Between the first day covered and today; a day not yet reported on is no gap until the next report is overdue. */
  gaps: Interval[]
  /** Since the last day covered, while the next report is not yet due: covered by nothing, and nobody is late. */
  waiting: Interval | null
  /** The last day covered without a break from the last period on. */
  coveredTo: Day | null
  expectedOn: Day | null
  overdue: boolean
}

/**
 * What the vendor's papers cover, one lane for each kind. Only what was accepted covers; what waits for a conclusion is shown and
 * covers nothing. Papers that were rejected, withdrawn or replaced are left out.
 */
export function lanesOf(statements: readonly Statement[], today: Day, terms: Terms = usualTerms): Lane[] {
  const shown = statements.filter(
    ({ facts, state, replacedBy, conclusion }) =>
      facts !== null && state !== 'withdrawn' && replacedBy === null && conclusion?.verdict !== 'rejected',
  )
  const bySort = new Map<SortOf, Statement[]>()
  for (const statement of shown) {
    const { facts } = statement
    if (facts === null || facts.kind === 'bridge-letter') continue
    bySort.set(sortOf(facts), [...(bySort.get(sortOf(facts)) ?? []), statement])
  }
  const letters = shown.filter(({ facts }) => facts?.kind === 'bridge-letter')
  return [...bySort].map(([sort, own]) => laneOf(sort, own, letters, today, terms))
}

function laneOf(
  sort: SortOf,
  own: readonly Statement[],
  letters: readonly Statement[],
  today: Day,
  terms: Terms,
): Lane {
  const spans: Span[] = []
  const periods: Interval[] = []
  const bridges: Bridge[] = []
  for (const statement of own) {
    const { facts, reference } = statement
    if (facts === null) continue
    const accepted = isAccepted(statement)
    const span = spanOf(facts)
    if (span) {
      spans.push({ ...span, kind: facts.certificate ? 'certificate' : 'period', reference, accepted })
      if (accepted) periods.push(span)
    } else if (facts.asOf) spans.push({ from: facts.asOf, to: facts.asOf, kind: 'day', reference, accepted })
    if (!facts.period) continue
    for (const letter of letters) {
      const stated = letter.facts?.bridges === statement._id ? letter.facts.period : null
      if (!stated) continue
      const bridge = { ...stated, after: facts.period.to }
      const { counted, beyond } = bridgeParts(bridge, terms)
      const about = { reference: letter.reference, accepted: isAccepted(letter) }
      if (counted) spans.push({ ...counted, kind: 'bridge', ...about })
      if (beyond) spans.push({ ...beyond, kind: 'beyond', ...about })
      if (accepted && isAccepted(letter)) bridges.push(bridge)
    }
  }
  spans.sort((a, b) => (a.from === b.from ? (a.to < b.to ? -1 : 1) : a.from < b.from ? -1 : 1))
  const expected = own
    .flatMap(({ facts }) => (facts && expectedBy(facts, terms)) ?? [])
    .toSorted()
    .at(-1)
  const overdue = expected !== undefined && expected < today
  const first = [...periods].map(({ from }) => from).toSorted()[0]
  const lastDay = latest([
    ...periods,
    ...bridges.flatMap((bridge) => bridgeParts(bridge, terms).counted ?? []),
  ])
  // Reports come after their period: the days since the last are a gap only once the next report is late.
  const until = overdue || lastDay === null ? today : earlierOf(today, lastDay)
  const { gaps } =
    first === undefined || first > until ? { gaps: [] } : daysCovered(periods, bridges, first, until, terms)
  const waiting =
    !overdue && lastDay !== null && lastDay < today ? { from: addDays(lastDay, 1), to: today } : null
  return { sort, spans, gaps, waiting, coveredTo: lastDay, expectedOn: expected ?? null, overdue }
}

function latest(intervals: readonly Interval[]): Day | null {
  return (
    intervals
      .map(({ to }) => to)
      .toSorted()
      .at(-1) ?? null
  )
}
