import type { Day } from '../../base/day.js'
import { differencesBetween, type Difference, type Listed } from './differences.js'
import type { EngagementVersion } from './known.js'
import { coversDay, latestPerEngagement, type Approval } from './list.js'

type Version = Pick<EngagementVersion, 'from' | 'content'>
type Dated = { _id: string; reference: string; continues?: string; versions: readonly Version[] }

/** How a customer's list stood from a day on, until the next state; what made it so. */
export type ListState = {
  from: Day
  rows: Listed[]
  /** Since the state before; everything for the first one. */
  differences: Difference[]
  /** Notices by which something came or went that day. */
  notices: string[]
}

/**
 * Every state the customer's list went through up to the day, oldest first. A day on which nothing a reader sees changed
 * makes no state, so their number can be printed as the version of the list.
 */
export function listStates(
  approvals: readonly Approval[],
  engagements: readonly Dated[],
  until: Day,
): ListState[] {
  const held = approvals.filter(({ from, to }) => to === null || to > from)
  const byId = new Map(engagements.map((engagement) => [engagement._id, engagement]))
  const days = held.flatMap((approval) => [
    approval.from,
    ...(approval.to === null ? [] : [approval.to]),
    ...(byId.get(approval.engagement)?.versions ?? [])
      .map(({ from }) => from)
      .filter((day) => coversDay(approval, day)),
  ])
  const states: ListState[] = []
  for (const day of [...new Set(days)].filter((each) => each <= until).toSorted()) {
    const rows = rowsOn(held, byId, day)
    const differences = differencesBetween(states.at(-1)?.rows ?? [], rows)
    if (differences.length > 0) states.push({ from: day, rows, differences, notices: noticesOn(held, day) })
  }
  return states
}

/** The state that held on the day; null before the first. */
export function stateHeldOn(states: readonly ListState[], day: Day): ListState | null {
  return states.findLast(({ from }) => from <= day) ?? null
}

function rowsOn(held: readonly Approval[], byId: ReadonlyMap<string, Dated>, day: Day): Listed[] {
  const covering = latestPerEngagement(held.filter((approval) => coversDay(approval, day)))
  const rows = covering.flatMap(({ engagement, from, kind, notice }): Listed[] => {
    const known = byId.get(engagement)
    // Before the first version, the first: a list accepted at signing may be older than its entry into the register.
    const version = known?.versions.findLast((each) => each.from <= day) ?? known?.versions[0]
    if (!known || !version) return []
    const { reference, continues } = known
    const changed = continues === undefined ? {} : { continues }
    return [{ engagement, reference, ...changed, content: version.content, approvedFrom: from, kind, notice }]
  })
  const { compare } = new Intl.Collator('da-DK')
  return rows.toSorted(
    (a, b) => compare(a.content.vendorName, b.content.vendorName) || compare(a.reference, b.reference),
  )
}

function noticesOn(held: readonly Approval[], day: Day): string[] {
  const begun = held.filter(({ from }) => from === day).map(({ notice }) => notice)
  const ended = held.filter(({ to }) => to === day).map(({ endedBy }) => endedBy)
  return [...new Set([...begun, ...ended].filter((notice) => notice !== null))].toSorted()
}
