import type { Period } from '../../base/day.js'
import { requestsReceivedBetween } from '../records.js'
import { yearOf, type RequestsInYear } from '../rules/year.js'

export type { RequestsInYear } from '../rules/year.js'

/** For the yearly audit: what was asked of us and told by us in the period, by the day it was received or begun. */
export async function requestsInPeriod({ from, to }: Period): Promise<RequestsInYear> {
  return yearOf(await requestsReceivedBetween(from, to))
}
