/**
 * The days of a notice. Sources, named at each rule:
 * - the agreement (seed 002): clause 7.3, at least 30 days' notice in writing, so that the customer can object before use;
 *   B.2, at least 30 days before the new processing starts.
 * - Regulation (EEC, Euratom) 1182/71 on periods. It binds for periods in EU acts, not for a contract; we follow it because
 *   Danish custom reckons the same way, and depart from it only in the customer's favour.
 * - Domain facts, section 9: what counts as arrival, and the rule L = R + N.
 *
 * Article 3(5) of the Regulation (a period of two days or more holds two working days) needs no rule of its own: with the
 * extension any period of a week or more does.
 */
import { addBusinessDays, isBusinessDay, nextBusinessDay } from '../../base/calendar.js'
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  firstDay,
  instantAt,
  laterOf,
  type Day,
} from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'

export type { NoticePeriod }

/**
 * - `zone`: whose clock and calendar days count.
 * - `receivedBy`: 'HH:mm'; what arrives at or after this time counts as having come the next business day.
 * - `extendToBusinessDay`: whether a last day that is no business day moves to the next one.
 * - `slackBusinessDays`: how much later than expected a mail may be accepted before the printed last day must be corrected.
 */
export type DateRules = {
  zone: string
  receivedBy: string
  extendToBusinessDay: boolean
  slackBusinessDays: number
}

/** `dayZero` is the day the notice counts as received: R in the domain facts, where `lastDay` is L. */
export type Deadlines = { dayZero: Day; lastDay: Day; earliestUse: Day }

export const danishDateRules: DateRules = {
  zone: 'Europe/Copenhagen',
  receivedBy: '16:00',
  extendToBusinessDay: true,
  slackBusinessDays: 1,
}

/**
 * The day on which a notice accepted at that instant counts as received.
 *
 * Domain facts, section 9: a notice has effect once it is in the recipient's mail system; what comes after 16:00 or on a
 * day when nobody is at work counts as come the next business day. 16:00:00 on the dot is already too late: mail servers
 * note whole seconds, so their 16:00:00 may be later, and the doubt is the customer's to benefit from.
 */
export function dayZero(accepted: Date, rules: DateRules): Day {
  const arrived = dayOf(accepted, rules.zone)
  const tooLate = accepted >= instantAt(arrived, rules.receivedBy, rules.zone)
  return nextBusinessDay(tooLate ? addDays(arrived, 1) : arrived)
}

/**
 * Where the agreed period ends, before any extension.
 *
 * Reg. 1182/71 art. 3(1): the day of the event is not counted, so N days end on R + N. Art. 3(2)(c): months end on the
 * same date, or on the last of a month that has no such date. Art. 3(3): holidays and weekends inside the period count.
 * Business days are counted without Saturdays and closed days; a court has taken Saturday for a "hverdag" (UfR 2022.1586 V),
 * so this is the longer reading, and "at least" (clause 7.3) is kept under both.
 */
export function endOfPeriod(from: Day, period: NoticePeriod): Day {
  const length = lengthOf(period)
  switch (period.unit) {
    case 'days':
      return addDays(from, length)
    case 'business-days':
      return addBusinessDays(from, length)
    case 'months':
      return addMonths(from, length)
  }
}

/**
 * The last day on which the customer may object, all of it: it ends at 24:00 (Reg. 1182/71 art. 3(2)(b)).
 *
 * Art. 3(4): a period that would end on a weekend or holiday ends with the next working day. Forældelsesloven § 27(2) says
 * the same of 5 June, 24 and 31 December. For a contract it is a setting, on unless switched off: it never hurts the customer.
 */
export function lastDayToObject(dayZero: Day, period: NoticePeriod, rules: DateRules): Day {
  const end = endOfPeriod(dayZero, period)
  return rules.extendToBusinessDay ? nextBusinessDay(end) : end
}

/**
 * Clauses 7.3 and B.2: no use before the whole period is over, so the day after its last day. It may be a weekend or a
 * holiday: the extension is for those who must act in time, and on this day nobody must.
 */
export function earliestUse(lastDay: Day): Day {
  return addDays(lastDay, 1)
}

export function deadlines(accepted: Date, period: NoticePeriod, rules: DateRules): Deadlines {
  const received = dayZero(accepted, rules)
  const lastDay = lastDayToObject(received, period, rules)
  return { dayZero: received, lastDay, earliestUse: earliestUse(lastDay) }
}

/**
 * The last day to print in a mail that is issued at that instant: reckoned as if it were accepted `slackBusinessDays`
 * business days later than expected, so that an ordinary delay does not make the printed day wrong (`product.md`, Dates).
 */
export function printedLastDay(issuedAt: Date, period: NoticePeriod, rules: DateRules): Day {
  // Thousands of customers are told at one instant, and few periods are agreed with them.
  const key = JSON.stringify([issuedAt, period.length, period.unit, rules])
  const known = printed.get(key) ?? lastDayIfSentOn(dayZero(issuedAt, rules), period, rules)
  if (printed.size > mostPrinted) printed.clear()
  printed.set(key, known)
  return known
}

const printed = new Map<string, Day>()
const mostPrinted = 100

/**
 * What holds once the notice has been accepted. The customer may rely on the day it has read, and has at least the agreed
 * period (clause 7.3): so the later of the two. If the reckoned day is the later, what the customer has read is too early, and
 * a correction with `lastDay` must be sent.
 */
export function effectiveDeadlines(
  printed: Day,
  reckoned: Pick<Deadlines, 'lastDay'>,
): { lastDay: Day; earliestUse: Day; correctionNeeded: boolean } {
  const lastDay = laterOf(printed, reckoned.lastDay)
  return { lastDay, earliestUse: earliestUse(lastDay), correctionNeeded: reckoned.lastDay > printed }
}

/**
 * Earliest use for a line that needs approval (clauses B.1 and C.5: prior and written). Approving is not giving up the rest of
 * the notice (clause 7.3), so use waits for both, unless the customer has expressly waived the rest.
 */
export function earliestUseWithApproval(lastDay: Day, approvedOn: Day, restWaived: boolean): Day {
  return restWaived ? approvedOn : laterOf(approvedOn, earliestUse(lastDay))
}

/**
 * The other way round, for a use that is planned to start on a day (clause B.2).
 * - `dayZero`: the last day of receipt whose earliest use is not after the start.
 * - `sendBy`: the last day on which a mail sent before `receivedBy`, with the slack in its printed day, still allows the start.
 *
 * Reg. 1182/71 art. 3(4) does not extend a period that is counted backwards, so subtracting from the start gives days that are
 * too late (30 days before Friday 1 January 2027 is 2 December; a notice received on the 1st already runs to 4 January). So
 * this asks the forward rule, day by day. Null if the calendar has no such day.
 */
export function latestDayToSend(
  start: Day,
  period: NoticePeriod,
  rules: DateRules,
): { dayZero: Day; sendBy: Day } | null {
  const inTime = (lastDay: Day): boolean => earliestUse(lastDay) <= start
  const latest = lastBusinessDay(start, daysToSearch(period), (day) =>
    inTime(lastDayToObject(day, period, rules)),
  )
  if (latest === null) return null
  const slack: NoticePeriod = { length: rules.slackBusinessDays, unit: 'business-days' }
  const sendBy = lastBusinessDay(latest, daysToSearch(slack), (day) =>
    inTime(lastDayIfSentOn(day, period, rules)),
  )
  return sendBy === null ? null : { dayZero: latest, sendBy }
}

/** How many days the period has when it runs from that day, before any extension. */
export function periodInDays(period: NoticePeriod, from: Day): number {
  return daysBetween(from, endOfPeriod(from, period))
}

/** Whether a gives more time than b from that day; a month may be longer or shorter than 30 days, by the time of year. */
export function isLongerPeriod(a: NoticePeriod, b: NoticePeriod, from: Day): boolean {
  return endOfPeriod(from, a) > endOfPeriod(from, b)
}

function lastDayIfSentOn(expected: Day, period: NoticePeriod, rules: DateRules): Day {
  return lastDayToObject(addBusinessDays(expected, rules.slackBusinessDays), period, rules)
}

function lengthOf(period: NoticePeriod): number {
  if (!Number.isSafeInteger(period.length) || period.length < 1) throw new RangeError('not a notice period')
  return period.length
}

function lastBusinessDay(upTo: Day, furthest: number, suits: (day: Day) => boolean): Day | null {
  const steps = Math.min(furthest, daysBetween(firstDay, upTo))
  for (let back = 0; back <= steps; back++) {
    const day = addDays(upTo, -back)
    if (isBusinessDay(day) && suits(day)) return day
  }
  return null
}

// Generous: a month has at most 31 days, of any two weeks at least a third are business days even over Christmas and
// Easter, and no run of closed days comes near a month.
function daysToSearch({ length, unit }: NoticePeriod): number {
  return { days: 1, 'business-days': 3, months: 31 }[unit] * length + 31
}
