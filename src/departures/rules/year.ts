/** A year's departures in numbers, each with what it is made of: for the yearly audit (C.7), whose year may be any period. */
import { daysBetween, earlierOf, isWithin, type Day, type Period } from '../../base/day.js'
import type { Cause, Departure } from './departure.js'
import { causes } from './departure.js'
import { overduePoints } from './points.js'

export type DeparturesOfYear = {
  /** Ended in the year, by what ended. */
  opened: Record<Cause, string[]>
  /** All of it deleted or returned in the year. */
  confirmed: string[]
  closed: string[]
  calledOff: string[]
  /** Of those ended in the year: something is kept because of the law. */
  withExceptions: string[]
  /** Not confirmed by the last day of the year, or by today, and past its day. */
  overdue: string[]
  /** From the end of the service to the day all of it was confirmed, in days; null where none was. */
  longestDays: number | null
}

type Counted = Pick<
  Departure,
  'reference' | 'cause' | 'endedOn' | 'confirmedOn' | 'closedOn' | 'calledOff' | 'points' | 'running'
>

export function departuresOfYear(all: readonly Counted[], period: Period, today: Day): DeparturesOfYear {
  const within = (day: Day | null) => isWithin(day, period)
  const last = earlierOf(period.to, today)
  const references = (some: readonly Counted[]) => some.map(({ reference }) => reference).toSorted()
  const ended = all.filter(({ endedOn, calledOff }) => within(endedOn) && calledOff === null)
  const confirmed = all.filter(({ confirmedOn }) => within(confirmedOn))
  const days = confirmed.map(({ endedOn, confirmedOn }) => daysBetween(endedOn, confirmedOn ?? endedOn))
  return {
    opened: Object.fromEntries(
      causes.map((cause) => [cause, references(ended.filter((each) => each.cause === cause))]),
    ) as Record<Cause, string[]>,
    confirmed: references(confirmed),
    closed: references(all.filter(({ closedOn }) => within(closedOn))),
    calledOff: references(all.filter(({ calledOff }) => within(calledOff?.on ?? null))),
    withExceptions: references(
      ended.filter(({ points }) =>
        points.some(({ answer, earlier }) => [answer, ...earlier].some((each) => each?.retention)),
      ),
    ),
    overdue: references(
      all.filter(
        ({ running, points, endedOn }) =>
          running && endedOn <= last && overduePoints(points, last).length > 0,
      ),
    ),
    longestDays: days.length > 0 ? Math.max(...days) : null,
  }
}
