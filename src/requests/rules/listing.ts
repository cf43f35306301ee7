import { searchTokens } from '../../db/keys.js'
import type { CustomerRequest } from './request.js'

/** What the list finds and sorts a request by; kept on its record, set with every move of it. */
export type RequestListing = { tokens: string[]; keys: string[]; order: string }

export function requestListing(request: CustomerRequest): RequestListing {
  const { reference, customerName, customerReference, caseNumber, text, askedBy, authority } = request
  const { state, kind, running, waits, asks, dueOn, endedOn, begunBy, instruction } = request
  return {
    tokens: searchTokens(
      reference,
      customerName,
      customerReference,
      caseNumber,
      text,
      askedBy?.name,
      authority,
      instruction,
    ),
    keys: [
      `state:${state}`,
      `kind:${kind}`,
      `by:${begunBy}`,
      ...(running || waits || asks ? ['state:open'] : []),
      ...(waits ? ['state:waits'] : []),
      ...(asks ? ['state:asks'] : []),
    ],
    // Those that are ours first, the first due first; then those that wait for the customer; then the others, the last ended first.
    order: running ? `0${dueOn}` : waits ? `1${dueOn}` : `2${backwards(endedOn ?? dueOn)}`,
  }
}

/** A later day is a smaller text. */
function backwards(day: string): string {
  return day.replaceAll(/\d/g, (digit) => String(9 - Number(digit)))
}
