/** Which year, or other period, a questionnaire belongs to. */
import { dayOf, isWithin, yearOfPeriod, type Day, type Period } from '../../base/day.js'
import type { Questionnaire } from './questionnaire.js'

/** The day it was first sent off; of one that was answered from public documentation that of the answer; else its due day. */
export function dayAsked(
  {
    askedAt,
    submitted,
    dueOn,
  }: Pick<Questionnaire, 'askedAt' | 'dueOn'> & {
    submitted: { at: Date } | null
  },
  zone: string,
): Day {
  const at = askedAt ?? submitted?.at ?? null
  return at === null ? dueOn : dayOf(at, zone)
}

/** It says which year it is of, whenever it is asked. Of a period that is no calendar year it is where it was asked. */
export function isOfPeriod({ year, on }: { year: number; on: Day }, period: Period): boolean {
  const named = yearOfPeriod(period)
  return named === null ? isWithin(on, period) : year === named
}

/** The years that questionnaires of the period, and of the twelve months before it, may say they are of. */
export function yearsToLookIn(period: Period): number[] {
  const named = yearOfPeriod(period)
  if (named !== null) return [named - 1, named]
  const [first, last] = [Number(period.from.slice(0, 4)) - 2, Number(period.to.slice(0, 4)) + 1]
  return Array.from({ length: last - first + 1 }, (_, place) => first + place)
}
