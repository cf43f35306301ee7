import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { departureByReference, Departures } from '../records.js'
import {
  departureListing,
  refuseEnded,
  withPoints,
  type Departure,
  type DepartureChange,
  type Point,
} from '../rules.js'

export async function departureOf(reference: string): Promise<Departure> {
  const departure = await departureByReference(reference)
  if (!departure) throw new NotFound()
  return departure
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export function moveTo(
  context: Context,
  departure: Departure,
  changes: DepartureChange,
  said: Said,
): Promise<Departure> {
  const listed = departureListing({ ...departure, ...changes })
  return mustMove(context, Departures, departure, { ...changes, ...listed }, said)
}

/** The same where points change; the log has the state before and after. */
export async function movePoints(
  context: Context,
  departure: Departure,
  points: Point[],
  said: Said,
): Promise<Departure> {
  refuseEnded(departure)
  const changes = withPoints(departure, points, context.today)
  return moveTo(context, departure, changes, {
    ...said,
    facts: {
      ...said.facts,
      ...(changes.state === departure.state
        ? {}
        : { before: { state: departure.state }, after: { state: changes.state } }),
    },
  })
}
