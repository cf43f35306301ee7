import { newId } from '../../base/ids.js'
import { claimDue, release } from '../records/claims.js'
import type { Mail } from '../records/mails.js'

/**
 * How long a claim is good for, and how much of it must be left for a send to begin. `patience`: after how long a server that does not
 * answer is given up; the claim is renewed until then.
 */
export type Lease = { length: number; reserve: number; patience: number }

/** The mails of one round, claimed a batch at a time and a little ahead of need. */
export type Round = {
  /** The next mail to send; undefined when the round is over. */
  next: () => Promise<Mail | undefined>
  /** Nothing more is claimed or handed out. */
  end: () => void
  /** After the last send: gives back what nobody took. Throws what claiming threw. */
  close: () => Promise<void>
}

const batch = 20

export function openRound(clock: () => Date, lease: Lease, prepare: (mails: Mail[]) => Promise<void>): Round {
  const waiting: Mail[] = []
  let filling: Promise<void> | undefined
  /** Nothing more to claim; what is waiting is still handed out. */
  let exhausted = false
  let over = false
  let failure: unknown
  let lost = 0

  const claim = async () => {
    const now = clock()
    const until = new Date(now.getTime() + lease.length)
    // Two processes that look at the same moment see the same mails: the slower one looks further down.
    const { due, mails } = await claimDue(newId(), now, until, batch, lost % 5 === 0 ? 0 : (lost % 5) * batch)
    if (!due) exhausted = true
    lost = due && mails.length === 0 ? lost + 1 : 0
    await prepare(mails)
    waiting.push(...mails)
  }
  const fill = () =>
    (filling ??= claim()
      .catch((error: unknown) => {
        failure = error
        over = true
      })
      .finally(() => {
        filling = undefined
      }))

  return {
    next: async () => {
      while (waiting.length === 0 && !exhausted && !over) await fill()
      const mail = waiting[0]
      if (over || !mail) return undefined
      // Slow servers: what cannot be sent before its claim runs out is given back.
      if (mail.dueAt && mail.dueAt.getTime() - clock().getTime() < lease.reserve) {
        over = true
        return undefined
      }
      waiting.shift()
      if (waiting.length < batch / 2 && !exhausted) void fill()
      return mail
    },
    end: () => {
      over = true
    },
    close: async () => {
      over = true
      await filling
      const left = waiting.splice(0)
      if (left.length > 0) await release(left, clock())
      if (failure) throw failure as Error
    },
  }
}
