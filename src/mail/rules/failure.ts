/** Why a mail was not taken, as the sender tells it. */
export type Failure = {
  /** What the server refused: this recipient, this message, or dealing with us at all. */
  refused: 'recipient' | 'message' | 'connection'
  code: number | null
  reply: string
}

const minute = 60_000

// Quick at first: greylisting asks for a few minutes. A relay that is down for a night is met by the hourly tries.
const waits = [1, 5, 15, 60].map((minutes) => minutes * minute)

// Sooner than the 4 to 5 days a relay would try: while we try, no clock runs for the customer, and the next contact waits.
const patience = 48 * 60 * minute

/**
 * What becomes of a mail after its `attempt`-th attempt (from 1) failed at `now`, having first been tried at `firstTriedAt`.
 * Only a server that knows the recipient can say never: a 5xx to the recipient or the message. A 5xx to our sign-in or our
 * sender address is our own trouble, which must not turn every customer into one without an address.
 */
export function afterFailure(
  failure: Failure,
  attempt: number,
  firstTriedAt: Date,
  now: Date,
): { state: 'deferred'; dueAt: Date } | { state: 'bounced' | 'given-up' } {
  // Refused without a reply: our own side found that it cannot be sent, such as an address that is none.
  const permanent = failure.code === null || failure.code >= 500
  if (permanent && failure.refused !== 'connection') return { state: 'bounced' }
  const dueAt = new Date(now.getTime() + (waits[attempt - 1] ?? waits.at(-1)!))
  if (dueAt.getTime() - firstTriedAt.getTime() > patience) return { state: 'given-up' }
  return { state: 'deferred', dueAt }
}
