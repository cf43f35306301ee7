import { searchTokens } from '../../db/keys.js'
import type { Departure } from './departure.js'

/** What the list finds and sorts a departure by; kept on its record, set with every move of it. */
export type DepartureListing = { tokens: string[]; keys: string[]; order: string }

export function departureListing(departure: Departure): DepartureListing {
  const { reference, customerName, customerReference, vendorName, engagementReference } = departure
  const { points, state, running, cause, dueOn, closedOn, calledOff, openedOn } = departure
  return {
    tokens: searchTokens(
      reference,
      customerName,
      customerReference,
      vendorName,
      engagementReference,
      ...points.map(({ name }) => name),
    ),
    keys: [`state:${state}`, ...(running ? ['state:running'] : []), `cause:${cause}`],
    // Those that run first, the first due first; then the others, the last ended first.
    order: running ? `0${dueOn}` : `1${backwards(closedOn ?? calledOff?.on ?? openedOn)}`,
  }
}

/** A later day is a smaller text. */
function backwards(day: string): string {
  return day.replaceAll(/\d/g, (digit) => String(9 - Number(digit)))
}
