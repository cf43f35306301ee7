import type { QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import type { CustomerRequest } from '../rules.js'
import { Requests } from './requests.js'

export type RequestFilter = {
  q: string
  /** Keys of the listing, all of which have to be there. */
  keys: readonly string[]
  /** The customer's id; '' for all. */
  customer: string
  /** Ours to do, and due before that day; null for all. */
  overdueBy: Day | null
}

export function pageOfRequests(
  filter: RequestFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<CustomerRequest>> {
  return pageAfter(Requests, conditions(filter), { field: 'order', direction: 1 }, cursor, size)
}

export function countRequests(filter: RequestFilter): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Requests, conditions(filter))
}

const most = 200

/** Those that are ours to do first. */
export async function requestsOfCustomer(customer: string, limit = most): Promise<CustomerRequest[]> {
  return Requests.find({ customer }).sort({ order: 1, _id: 1 }).limit(limit).lean<CustomerRequest[]>()
}

/** Ours to do, waiting for the customer, or with a question in it; the first due first. */
export async function openRequests(limit: number): Promise<CustomerRequest[]> {
  return Requests.find({ keys: 'state:open' })
    .sort({ order: 1, _id: 1 })
    .limit(limit)
    .lean<CustomerRequest[]>()
}

/** Without what was said in them: for figures. */
export async function requestsReceivedBetween(from: Day, until: Day): Promise<CustomerRequest[]> {
  return Requests.find({ receivedOn: { $gte: from, $lte: until } })
    .select({ messages: 0, moves: 0, tokens: 0 })
    .sort({ receivedOn: 1, _id: 1 })
    .lean<CustomerRequest[]>()
}

function conditions({ q, keys, customer, overdueBy }: RequestFilter): QueryFilter<CustomerRequest> {
  const all = [
    // The order of those that are ours begins with '0' and the day they are due: see rules/listing.ts.
    ...(overdueBy === null ? [] : [{ order: { $lt: `0${overdueBy}` } }]),
    ...(customer === '' ? [] : [{ customer }]),
    ...keys.map((key) => ({ keys: key })),
    ...searchConditions<CustomerRequest>('tokens', q),
  ] as QueryFilter<CustomerRequest>[]
  // Without a condition every record would be read to be counted.
  return all.length === 0 ? { order: { $gte: '0' } } : { $and: all }
}
