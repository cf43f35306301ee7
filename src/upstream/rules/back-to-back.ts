/**
 * Their notice and ours, back to back: by when each customer must be told so that it has its whole notice before their change
 * begins, and so that its objection reaches us while we may still object to them.
 *
 * The days come from the one date function of notices, asked backwards (`latestDayToSend`): never from a subtraction, since
 * weekends, holidays and months make every start day's answer another (Reg. 1182/71 art. 3(4); domain facts, section 9).
 */
import { addBusinessDays } from '../../base/calendar.js'
import { addDays, daysBetween, earlierOf, type Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import {
  earliestUse,
  latestDayToSend,
  printedLastDay,
  type DateRules,
} from '../../notices/rules/deadlines.js'

/** Customers who are owed the same period. */
export type OwedGroup = { period: NoticePeriod; count: number }

/**
 * `startsOn`: the day their change begins. `objectUntil`: the last day on which we may object to them.
 * `handlingDays`: business days we need to carry a customer's objection on.
 */
export type TheirDays = { startsOn: Day | null; objectUntil: Day | null; handlingDays: number }

/** `sendBy`: the last day to tell them. `slack`: days from today to it; negative where it has passed. */
export type TellBy = { sendBy: Day; slack: number }

export type GroupReckoned = OwedGroup & {
  /** So that the whole notice is over before their change begins. */
  forStart: TellBy | null
  /** So that the last objection reaches us in time to object to them. */
  forObjection: TellBy | null
  /** The earlier of the two that are still ahead; null where none is. */
  tellBy: Day | null
  /** If they were told this moment. */
  toldNow: { lastDay: Day; earliestUse: Day }
  /** Told now, they would have less than their notice before the change begins, by so many days. */
  shortBy: number
  /** Told now, their last day would come too late for us to object. */
  objectionTooLate: boolean
}

export type Reckoned = {
  groups: GroupReckoned[]
  customers: number
  /** How many would get less than their notice if told now. */
  short: number
  /** How many could object to us after our own limit. */
  late: number
  /** The last day that serves everyone who can still be served; null where there is none. */
  tellBy: Day | null
  /** The last day on which a customer's objection can still be carried on. */
  objectionsBy: Day | null
}

export function reckon(
  groups: readonly OwedGroup[],
  their: TheirDays,
  now: { at: Date; today: Day },
  rules: DateRules,
): Reckoned {
  const objectionsBy =
    their.objectUntil === null ? null : lastDayToHear(their.objectUntil, their.handlingDays)
  const reckoned = groups
    .map((group) => reckonGroup(group, their.startsOn, objectionsBy, now, rules))
    .toSorted((a, b) => (a.toldNow.lastDay < b.toldNow.lastDay ? 1 : -1))
  const count = (those: readonly GroupReckoned[]) => those.reduce((sum, group) => sum + group.count, 0)
  const ahead = reckoned.flatMap(({ tellBy }) => tellBy ?? [])
  return {
    groups: reckoned,
    customers: count(reckoned),
    short: count(reckoned.filter(({ shortBy }) => shortBy > 0)),
    late: count(reckoned.filter(({ objectionTooLate }) => objectionTooLate)),
    tellBy: ahead.length === 0 ? null : ahead.reduce(earlierOf),
    objectionsBy,
  }
}

function reckonGroup(
  { period, count }: OwedGroup,
  startsOn: Day | null,
  objectionsBy: Day | null,
  { at, today }: { at: Date; today: Day },
  rules: DateRules,
): GroupReckoned {
  const lastDay = printedLastDay(at, period, rules)
  const use = earliestUse(lastDay)
  const shortBy = startsOn === null ? 0 : Math.max(0, daysBetween(startsOn, use))
  const objectionTooLate = objectionsBy !== null && lastDay > objectionsBy
  const by = (start: Day | null): TellBy | null => {
    const latest = start === null ? null : latestDayToSend(start, period, rules)
    return latest === null ? null : { sendBy: latest.sendBy, slack: daysBetween(today, latest.sendBy) }
  }
  const forStart = by(startsOn)
  // The customer's last day may be the very day: its use would begin the day after.
  const forObjection = by(objectionsBy === null ? null : addDays(objectionsBy, 1))
  const ahead = [shortBy > 0 ? null : forStart, objectionTooLate ? null : forObjection].flatMap(
    (each) => each?.sendBy ?? [],
  )
  return {
    period,
    count,
    forStart,
    forObjection,
    tellBy: ahead.length === 0 ? null : ahead.reduce(earlierOf),
    toldNow: { lastDay, earliestUse: use },
    shortBy,
    objectionTooLate,
  }
}

/** The last day from which so many business days still end no later than the limit. */
export function lastDayToHear(limit: Day, handlingDays: number): Day {
  let day = limit
  while (addBusinessDays(day, handlingDays) > limit) day = addDays(day, -1)
  return day
}

/**
 * What the reckoning says in one sentence. 'object': some would get less than their notice, and we may still object.
 * 'too-late': they would, and our limit has passed. 'objections-late': everyone has its notice, some could object after our limit.
 */
export type Finding = 'nobody' | 'no-days' | 'object' | 'too-late' | 'objections-late' | 'in-time'

export function findingOf(reckoned: Reckoned, their: TheirDays, today: Day): Finding {
  if (reckoned.customers === 0) return 'nobody'
  if (their.startsOn === null && their.objectUntil === null) return 'no-days'
  const mayObject =
    their.objectUntil === null
      ? their.startsOn !== null && today < their.startsOn
      : today <= their.objectUntil
  if (reckoned.short > 0) return mayObject ? 'object' : 'too-late'
  return reckoned.late > 0 ? 'objections-late' : 'in-time'
}

/** The day by which we must object where customers would else get less than their notice. */
export function objectBy({ startsOn, objectUntil }: TheirDays): Day | null {
  return objectUntil ?? (startsOn === null ? null : addDays(startsOn, -1))
}
