import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { departureByReference, Departures, moveDeparture } from '../records.js'
import { refuseEnded, withPoints, type Departure, type DepartureChange, type Point } from '../rules.js'

export type Said = { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> }

export async function departureOf(reference: string): Promise<Departure> {
  const departure = await departureByReference(reference)
  if (!departure) throw new NotFound()
  return departure
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  departure: Departure,
  changes: DepartureChange,
  said: Said,
): Promise<Departure> {
  const moved = await moveDeparture(departure, changes, { at: context.now, by: context.actor, ...said })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Departures, moved)
  return moved
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
