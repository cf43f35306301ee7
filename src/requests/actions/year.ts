import { requestsReceivedBetween } from '../records.js'
import { yearOf, type RequestsInYear } from '../rules/year.js'

export type { RequestsInYear } from '../rules/year.js'

/** For the yearly audit: what was asked of us and told by us in that year, by the day it was received or begun. */
export async function requestsInYear(year: number): Promise<RequestsInYear> {
  return yearOf(await requestsReceivedBetween(`${year}-01-01`, `${year}-12-31`))
}
