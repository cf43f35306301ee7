/** The checklist: where data of those that leave lie, and by when they are gone. */
import type { Bilingual } from '../../base/context.js'
import { addDays, earlierOf, laterOf, type Day } from '../../base/day.js'
import type { Departure, DepartureState, Handling, Point } from './departure.js'
import type { DepartureSettings } from './settings.js'

/** An engagement that held the data. `asked`: the vendor we have the contract with. */
export type Held = {
  engagement: string
  reference: string
  vendorName: string
  activity: Bilingual
  vendor: string
  asked: { vendor: string; name: string }
}

export function engagementPoints(
  held: readonly Held[],
  { handling, dueOn }: { handling: Handling; dueOn: Day },
): Point[] {
  return held.map((each) => ({
    ...fresh(each.engagement, handling, dueOn),
    kind: 'engagement' as const,
    engagement: each.engagement,
    engagementReference: each.reference,
    name: each.vendorName,
    what: each.activity,
    vendor: each.asked.vendor,
    through: each.asked.vendor === each.vendor ? null : each.asked.name,
  }))
}

/** Our own systems, and the backups, from which data go last. */
export function ownPoints(
  endedOn: Day,
  handling: Handling,
  { daysToDelete, daysForBackups }: DepartureSettings,
  names: { systems: Bilingual; backups: Bilingual },
): Point[] {
  return [
    { ...own('own-systems', names.systems), handling, dueOn: addDays(endedOn, daysToDelete) },
    // Nobody wants a backup handed back: what is returned comes from the systems.
    {
      ...own('own-backups', names.backups),
      handling: 'delete' as const,
      dueOn: addDays(endedOn, daysForBackups),
    },
  ]
}

export function ownPoint(id: string, what: Bilingual, handling: Handling, dueOn: Day): Point {
  return { ...own(id, what), handling, dueOn }
}

function own(id: string, what: Bilingual): Point {
  return {
    ...fresh(id, 'delete', ''),
    kind: 'own',
    engagement: null,
    engagementReference: null,
    name: '',
    what,
    vendor: null,
    through: null,
  }
}

function fresh(id: string, handling: Handling, dueOn: Day) {
  return {
    id,
    handling,
    dueOn,
    state: 'open' as const,
    askedOn: null,
    answer: null,
    earlier: [],
    sentBack: null,
    acceptedOn: null,
    because: null,
  }
}

export function isSettled({ state }: Pick<Point, 'state'>): boolean {
  return state === 'done' || state === 'retained' || state === 'left-out'
}

export function openPoints<Each extends Pick<Point, 'state'>>(points: readonly Each[]): Each[] {
  return points.filter((point) => !isSettled(point))
}

/** Where a departure stands follows from its points, until it is closed or called off. */
export function stateOfPoints(
  points: readonly Pick<Point, 'state'>[],
): Exclude<DepartureState, 'closed' | 'called-off'> {
  const counted = points.filter(({ state }) => state !== 'left-out')
  if (openPoints(counted).length === 0)
    return counted.some(({ state }) => state === 'retained') ? 'with-exceptions' : 'confirmed'
  return counted.every(({ state }) => state === 'open') ? 'open' : 'asked'
}

/** What follows from the points, kept beside them: the state, the next day something is due, and when a retention has run out. */
export function derivedFrom(points: readonly Point[]): Pick<Departure, 'state' | 'dueOn' | 'followUpOn'> {
  const open = openPoints(points)
  const kept = points.flatMap(({ state, answer }) =>
    state === 'retained' && answer?.retention ? [addDays(answer.retention.until, 1)] : [],
  )
  const dueOf = (some: readonly Pick<Point, 'dueOn'>[]) => some.map(({ dueOn }) => dueOn)
  return {
    state: stateOfPoints(points),
    dueOn: open.length > 0 ? dueOf(open).reduce(earlierOf) : dueOf(points).reduce(laterOf, '1900-01-01'),
    followUpOn: kept.length > 0 ? kept.reduce(earlierOf) : null,
  }
}

/** Whose deletion is past its day. */
export function overduePoints(points: readonly Point[], today: Day): Point[] {
  return openPoints(points).filter(({ dueOn }) => dueOn < today)
}
