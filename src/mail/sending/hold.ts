import { renewClaim } from '../records/claims.js'
import type { Mail } from '../records/mails.js'
import type { Lease } from './round.js'

/**
 * Renews the claim of a mail for as long as its server takes to answer, so that no other process hands over a second copy. Where the
 * database is away for a moment, the claim is good for a while still.
 */
export function holdClaim(
  mail: Pick<Mail, '_id' | 'claim'>,
  clock: () => Date,
  { length, reserve }: Lease,
): { end: () => void } {
  const renew = () => void renewClaim(mail, new Date(clock().getTime() + length)).catch(() => undefined)
  const timer = setInterval(renew, reserve / 2)
  timer.unref()
  return { end: () => clearInterval(timer) }
}
