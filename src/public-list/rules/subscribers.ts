/** People who want to hear of a new edition as a courtesy. They are no contacts under any agreement. */
import type { Locale } from '../../base/context.js'

export type SubscriberState = 'pending' | 'confirmed'

export type Subscriber = {
  _id: string
  email: string
  locale: Locale
  state: SubscriberState
  /** How often the mail that asks for confirmation was wanted, and when last. */
  asked: number
  askedAt: Date
  confirmedAt: Date | null
  /** Everything published until then has been told, or was there before. */
  toldUntil: Date
}

/** Unconfirmed, an address is kept so long and no longer. */
export const daysToConfirm = 7
const day = 86_400_000

/** A stranger can make us write to an address, but not often. */
const hoursBetween = 1
const mostAsked = 5

export function mayBeAskedAgain({ state, asked, askedAt }: Subscriber, now: Date): boolean {
  return (
    state === 'pending' && asked < mostAsked && now.getTime() - askedAt.getTime() >= hoursBetween * 3_600_000
  )
}

/** Addresses asked before this moment and not confirmed are forgotten. */
export function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - daysToConfirm * day)
}

export function isOver({ state, askedAt }: Subscriber, now: Date): boolean {
  return state === 'pending' && askedAt < forgottenBefore(now)
}
