/** What the registers say has ended, and the one departure that follows from it. */
import { addDays, type Day } from '../../base/day.js'
import type { BoughtService } from '../../customers/rules.js'
import { servicesOn } from '../../customers/rules.js'
import type { Use } from '../../register/rules.js'
import type { Cause, Departure } from './departure.js'

/** Endings older than this, such as an import brings, are taken up by hand: nobody is to be told by surprise of years past. */
export const lookBackDays = 180

export type Fact = { once: string; cause: Cause; endedOn: Day; services: string[] }

type Bought = { _id: string; services: readonly BoughtService[]; endedOn: Day | null }

/**
 * What ended for a customer between two days. Whoever leaves altogether has one departure, whatever it stopped buying on that day;
 * a service that is bought anew, or in another interval, has not ended.
 */
export function customerFacts(customer: Bought, { from, today }: { from: Day; today: Day }): Fact[] {
  const { _id, services, endedOn } = customer
  const within = (day: Day | null): day is Day => day !== null && day >= from && day <= today
  const left = within(endedOn)
    ? [
        {
          once: `customer/${_id}/${endedOn}`,
          cause: 'customer-ended' as const,
          endedOn,
          services: servicesOn(services, addDays(endedOn, -1)),
        },
      ]
    : []
  const days = [...new Set(services.flatMap(({ to }) => (within(to) ? [to] : [])))].toSorted()
  const stopped = days.flatMap((day): Fact[] => {
    if (endedOn !== null && endedOn <= day) return []
    const after = servicesOn(services, day)
    const those = [
      ...new Set(
        services
          // Begun and ended on one day it was never bought.
          .filter(({ from: since, to }) => to === day && since < day)
          .map(({ service }) => service),
      ),
    ].filter((service) => !after.includes(service))
    return those.length === 0
      ? []
      : [{ once: `services/${_id}/${day}`, cause: 'service-ended', endedOn: day, services: those }]
  })
  return [...left, ...stopped]
}

/** Data came to it only if it was ever used. */
export function wasUsed(
  { inUse, earlierUse = [] }: { inUse: Use; earlierUse?: readonly Use[] },
  by: Day,
): boolean {
  return [inUse, ...earlierUse].some(({ since }) => since !== null && since < by)
}

/** Whether the registers still say what the departure was made from. */
export function stillHolds(
  departure: Pick<Departure, 'once' | 'cause' | 'openedBy' | 'endedOn'>,
  known: { customer: Bought | null; engagement: { endedOn: Day | null } | null; line: boolean },
): boolean {
  if (departure.openedBy === 'staff') return true
  switch (departure.cause) {
    case 'customer-ended':
      return known.customer?.endedOn === departure.endedOn
    case 'service-ended':
      return known.customer?.services.some(({ to }) => to === departure.endedOn) ?? false
    case 'engagement-ended':
      return known.engagement?.endedOn === departure.endedOn
    case 'replaced':
      return known.line
  }
}
