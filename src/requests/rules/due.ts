/** By when a request is to be answered, and who is reminded when. */
import { addBusinessDays } from '../../base/calendar.js'
import { addDays, addMonths, daysBetween, earlierOf, laterOf, type Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import { kindRules, type RequestKind } from './kinds.js'
import type { CustomerRequest } from './request.js'

/** The house's own days, where it has set others than the table's. */
export type RequestTerms = Partial<Record<RequestKind, NoticePeriod>>

export function periodFor(kind: RequestKind, terms: RequestTerms): NoticePeriod {
  return terms[kind] ?? kindRules[kind].due
}

/** Left of the controller's month for its own answer, once it has ours. */
const daysForController = 7

/**
 * The day by which we answer. Of a data subject's request never later than a week before the controller's own last day, though
 * not before the day it reached us.
 */
export function dueBy(
  kind: RequestKind,
  receivedOn: Day,
  { terms = {}, subjectAskedOn = null }: { terms?: RequestTerms; subjectAskedOn?: Day | null } = {},
): Day {
  const { length, unit } = periodFor(kind, terms)
  const due =
    unit === 'business-days'
      ? addBusinessDays(receivedOn, length)
      : unit === 'months'
        ? addMonths(receivedOn, length)
        : addDays(receivedOn, length)
  if (subjectAskedOn === null) return due
  return laterOf(receivedOn, earlierOf(due, addDays(controllerDueOn(subjectAskedOn), -daysForController)))
}

/**
 * Art. 12(3): the controller answers the data subject within one month of receipt; it may take two more, telling why. Weekends and
 * holidays are not added here: a day that is early never hurts.
 */
export function controllerDueOn(subjectAskedOn: Day): Day {
  return addMonths(subjectAskedOn, 1)
}

/** Days from the due day on which we are reminded; at the last the DPO is told as well. */
const reminderDays = [-3, 0, 3, 10] as const
const escalationDays = 10
/** Days from our answer on which a customer is reminded to confirm; after the last it is ours to ask. */
const confirmationDays = [7, 21] as const

type Reminded = Pick<CustomerRequest, 'running' | 'waits' | 'dueOn' | 'answeredOn' | 'remindOn'>

/** The first reminder after that day; null where none is to come. */
export function nextReminder(
  { running, waits, dueOn, answeredOn }: Omit<Reminded, 'remindOn'>,
  after: Day,
): Day | null {
  const on = running
    ? reminderDays.map((count) => addDays(dueOn, count))
    : waits && answeredOn !== null
      ? confirmationDays.map((count) => addDays(answeredOn, count))
      : []
  return on.find((each) => each > after) ?? null
}

/** What is to be sent now: of several days that have passed only the latest, so that nobody gets three at once. */
export function remindersNow(
  { running, waits, dueOn, answeredOn, remindOn }: Reminded,
  today: Day,
): { staff: number | null; escalate: boolean; customer: number | null } {
  const nothing = { staff: null, escalate: false, customer: null }
  if (remindOn === null || remindOn > today) return nothing
  const passed = (from: Day, counts: readonly number[]) =>
    counts.filter((count) => {
      const on = addDays(from, count)
      return on >= remindOn && on <= today
    })
  if (running) {
    const due = passed(dueOn, reminderDays)
    return { ...nothing, staff: due.at(-1) ?? null, escalate: due.includes(escalationDays) }
  }
  if (!waits || answeredOn === null) return nothing
  return { ...nothing, customer: passed(answeredOn, confirmationDays).at(-1) ?? null }
}

export function isOverdue(
  { running, dueOn }: Pick<CustomerRequest, 'running' | 'dueOn'>,
  today: Day,
): boolean {
  return running && dueOn < today
}

/** A few days ahead. */
const soon = 3

export function isDueSoon(
  { running, dueOn }: Pick<CustomerRequest, 'running' | 'dueOn'>,
  today: Day,
): boolean {
  return running && dueOn >= today && daysBetween(today, dueOn) <= soon
}

/** The customer has been reminded in vain: somebody asks it another way. */
export function confirmationOverdue(
  { waits, answeredOn }: Pick<CustomerRequest, 'waits' | 'answeredOn'>,
  today: Day,
): boolean {
  const last = confirmationDays[confirmationDays.length - 1] ?? 0
  return waits && answeredOn !== null && daysBetween(answeredOn, today) > last
}
