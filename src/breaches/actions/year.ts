import { breachesAware, everyAffected } from '../records.js'
import { breachYear, type Breach, type BreachYear, type Notified } from '../rules.js'

/**
 * The breaches we became aware of in a year, with the hours to notice of each customer, for the yearly audit (C.7). The same can be
 * reckoned from the log: `breach.entered` (or the last `breach.times-corrected`) has when we knew, and each customer's first
 * `breach-customer.told`, `told-by-call` or `told-otherwise` has when it was told and its hours.
 */
export async function breachesInYear(year: number): Promise<BreachYear> {
  const breaches = await breachesAware(`${year}-01-01`, `${year}-12-31`)
  const found: { breach: Breach; customers: Notified[] }[] = []
  for (const breach of breaches) {
    const customers: Notified[] = []
    for await (const some of everyAffected(breach._id)) customers.push(...some)
    found.push({ breach, customers })
  }
  return breachYear(year, found)
}
