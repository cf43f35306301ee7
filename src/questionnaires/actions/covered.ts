import type { Day } from '../../base/day.js'
import { acceptedCurrent } from '../../statements/actions.js'
import type { Covered } from '../rules/taking-over.js'
import { controlsCovered } from '../rules/covered.js'

/** The controls that the vendor's accepted, current statements cover. */
export async function coveredByStatements(vendor: string, today: Day): Promise<Covered[]> {
  return (await acceptedCurrent(vendor, today)).flatMap(controlsCovered)
}
