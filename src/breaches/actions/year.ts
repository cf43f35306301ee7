import type { Period } from '../../base/day.js'
import { breachesAware, notifiedOf } from '../records.js'
import { breachYear, countingOf, type BreachInYear, type BreachYear } from '../rules.js'

/**
 * The breaches we became aware of in the period, with the hours to notice of each customer, for the yearly audit (C.7). The same can
 * be reckoned from the log: `breach.entered` (or the last `breach.times-corrected`) has when we knew, and each customer's last move
 * that tells of it has when it was told and its hours.
 */
export async function breachesInPeriod({ from, to }: Period): Promise<BreachYear> {
  const found: BreachInYear[] = []
  for (const breach of await breachesAware(from, to)) {
    const counting = countingOf(breach)
    for await (const some of notifiedOf(breach._id)) counting.add(some)
    found.push(counting.end())
  }
  return breachYear(found)
}
