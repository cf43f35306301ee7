/**
 * The hours of a breach. Clause 10.2: if possible within 24 hours of becoming aware, or what the customer's agreement says; Art. 33(1):
 * the controller has 72. Hours are counted between instants, so nights, weekends, holidays and both clock changes neither add to them
 * nor take from them (Reg. 1182/71 art. 3: periods in hours).
 */

import type { Day } from '../../base/day.js'

export const hour = 3_600_000

/**
 * What Art. 33(1) gives a controller, by the day from which it does. Law, and no setting of the house: an officer who could type
 * another number could be late by the law and in time on the page. A change of the law is a line here; each breach keeps its own.
 * (A proposal for 96 hours of November 2025 was not seen adopted: domain facts 7.)
 */
const authorityHoursSince: readonly { since: Day; hours: number }[] = [{ since: '2018-05-25', hours: 72 }]

export function authorityHoursOn(day: Day): number {
  return authorityHoursSince.findLast(({ since }) => since <= day)?.hours ?? 72
}

/** What clause 10.2 says where nothing else is agreed. */
export const usualHours = 24

/** From when a customer's hours run: we became aware of the breach, or later that it concerns this customer. */
export function hoursFrom({ awareAt }: { awareAt: Date }, { foundAt }: { foundAt?: Date | null }): Date {
  return foundAt && foundAt.getTime() > awareAt.getTime() ? foundAt : awareAt
}

export function lastInstant(awareAt: Date, hours: number): Date {
  return new Date(awareAt.getTime() + hours * hour)
}

/** Whole minutes from one instant to the other; negative where the second is earlier. */
export function minutesBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / 60_000)
}

/** The end of the agreed hours is still in time. */
export function isInTime(toldAt: Date, until: Date): boolean {
  return toldAt.getTime() <= until.getTime()
}

/** Hours left at which staff is told once more. */
const alertSteps = [1, 6, 12] as const
/** Afterwards again and again while anybody has not been told. */
const every = 12

/**
 * Which alert is due by now, as a word that is the same however often it is asked: '12', '6', '1', 'after-0', 'after-1' (12 hours
 * later) ... Only the most urgent one: whoever was away for a day is not told three things. Null while there is time enough.
 */
export function alertDue(now: Date, awareAt: Date, until: Date): string | null {
  const left = until.getTime() - now.getTime()
  if (left <= 0) return `after-${Math.floor(-left / (every * hour))}`
  const whole = until.getTime() - awareAt.getTime()
  // Who agreed on eight hours is not told at once that twelve are left.
  const step = alertSteps.find((hours) => left <= hours * hour && hours * hour < whole)
  return step === undefined ? null : String(step)
}
