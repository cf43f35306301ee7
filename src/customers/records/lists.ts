import type { QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { searchWords, tokenRange } from '../../db/keys.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import type { Authorisation, Customer } from '../rules.js'
import { Customers } from './customers.js'

export type CustomerFilter = {
  q: string
  service: string | null
  authorisation: Authorisation | null
  noticeKey: string | null
  withoutContact: boolean
  state: 'current' | 'ended' | 'all'
}

export function pageOfCustomers(
  filter: CustomerFilter,
  today: Day,
  cursor: string | undefined,
  size: number,
): Promise<Page<Customer>> {
  return pageAfter(Customers, conditions(filter, today), { field: 'sortKey', direction: 1 }, cursor, size)
}

export function countCustomers(
  filter: CustomerFilter,
  today: Day,
): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Customers, conditions(filter, today))
}

/** The notice periods agreed with anyone, as '30-days'. */
export async function agreedNotices(): Promise<string[]> {
  return Customers.distinct('noticeKey')
}

/** How many current customers have this address among their contacts; the one asking is not counted. */
export async function othersAt(emails: readonly string[], id: string): Promise<Map<string, number>> {
  const rows = await Customers.find({
    'contacts.email': { $in: [...emails] },
    _id: { $ne: id },
    endedOn: null,
  })
    .select({ contacts: 1 })
    .lean<Customer[]>()
  const counts = new Map<string, number>()
  for (const { contacts } of rows)
    for (const email of new Set(contacts.filter(({ to }) => to === null).map((contact) => contact.email)))
      if (emails.includes(email)) counts.set(email, (counts.get(email) ?? 0) + 1)
  return counts
}

/** How many customers buy each service on the day; a service nobody buys is absent. */
export async function customersPerService(on: Day): Promise<Map<string, number>> {
  const rows = await Customers.aggregate<{ _id: string; count: number }>([
    { $match: active(on) },
    { $unwind: '$services' },
    {
      $match: {
        'services.from': { $lte: on },
        $or: [{ 'services.to': null }, { 'services.to': { $gt: on } }],
      },
    },
    { $group: { _id: '$services.service', count: { $sum: 1 } } },
  ])
  return new Map(rows.map(({ _id, count }) => [_id, count]))
}

function conditions(filter: CustomerFilter, today: Day): QueryFilter<Customer> {
  const all: QueryFilter<Customer>[] = searched(filter.q)
  if (filter.service) all.push({ services: { $elemMatch: { service: filter.service, ...lasting(today) } } })
  if (filter.authorisation) all.push({ 'agreement.authorisation': filter.authorisation })
  if (filter.noticeKey) all.push({ noticeKey: filter.noticeKey })
  if (filter.withoutContact) all.push({ withoutContact: true })
  if (filter.state === 'current') all.push(active(today))
  if (filter.state === 'ended') all.push({ endedOn: { $ne: null, $lte: today } })
  return all.length === 0 ? {} : { $and: all }
}

function searched(q: string): QueryFilter<Customer>[] {
  const address = q.trim().toLowerCase()
  // The words of an address are those of many others ('info', 'dk'), so it is looked up as it stands, or begins.
  if (/^[^\s@]+@\S*$/.test(address)) {
    const begins = `^${address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
    return [{ contacts: { $elemMatch: { email: { $regex: begins }, to: null } } }]
  }
  const words = searchWords(q).slice(0, 8)
  return words.map((word) => ({ tokens: tokenRange(word) }))
}

function lasting(on: Day) {
  return { $or: [{ to: null }, { to: { $gt: on } }] }
}

function active(on: Day): QueryFilter<Customer> {
  return { $or: [{ endedOn: null }, { endedOn: { $gt: on } }] }
}
