import type { QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
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
  const { q, service, authorisation, noticeKey, withoutContact, state } = filter
  const walk = !(q || service || authorisation || noticeKey || withoutContact) && state !== 'ended'
  const sort = { field: 'sortKey', direction: 1 } as const
  return pageAfter(Customers, conditions(filter, today), sort, cursor, size, { walk })
}

export function countCustomers(
  filter: CustomerFilter,
  today: Day,
  most?: number,
): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Customers, conditions(filter, today), most)
}

/** The notice periods agreed with anyone, as '30-days'. */
export async function agreedNotices(): Promise<string[]> {
  return Customers.distinct('noticeKey')
}

/** Who is no customer any more on the day, and since when. */
export function customersEndedBy(on: Day): Promise<{ _id: string; endedOn: Day }[]> {
  return Customers.find({ endedOn: { $ne: null, $lte: on } })
    .select({ endedOn: 1 })
    .lean<{ _id: string; endedOn: Day }[]>()
    .exec()
}

/** Customers that have this address among their contacts of today or before, some of them at most. */
export function customersAt(email: string): Promise<Customer[]> {
  return Customers.find({ 'contacts.email': email.toLowerCase() }).limit(200).lean<Customer[]>().exec()
}

/** The same for many addresses at once; only their ids, so many at most. */
export async function customerIdsAt(emails: readonly string[], limit: number): Promise<string[]> {
  const rows = await Customers.find({ 'contacts.email': { $in: emails.map((email) => email.toLowerCase()) } })
    .select({ _id: 1 })
    .limit(limit)
    .lean<{ _id: string }[]>()
  return rows.map(({ _id }) => _id)
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

/** Counting stops here: each customer counted is read, for every service of the house. */
const mostPerService = 250

/** How many customers buy each of the services on the day. */
export async function customersPerService(
  services: readonly string[],
  on: Day,
): Promise<Map<string, { count: number; capped: boolean }>> {
  const counted = await Promise.all(
    services.map(async (service) => {
      const from = { $lte: on }
      const buying = { services: { $elemMatch: { service, from, ...lasting(on) } } }
      return [
        service,
        await cappedCount(Customers, { $and: [buying, activeOn(on)] }, mostPerService),
      ] as const
    }),
  )
  return new Map(counted)
}

function conditions(filter: CustomerFilter, today: Day): QueryFilter<Customer> {
  const all: QueryFilter<Customer>[] = searched(filter.q)
  if (filter.service) all.push({ services: { $elemMatch: { service: filter.service, ...lasting(today) } } })
  if (filter.authorisation) all.push({ 'agreement.authorisation': filter.authorisation })
  if (filter.noticeKey) all.push({ noticeKey: filter.noticeKey })
  if (filter.withoutContact) all.push({ withoutContact: true })
  if (filter.state === 'current') all.push(activeOn(today))
  if (filter.state === 'ended') all.push({ endedOn: { $ne: null, $lte: today } })
  return all.length === 0 ? {} : { $and: all }
}

/** Words of a search, or the beginning of an address. */
export function searched(q: string): QueryFilter<Customer>[] {
  const address = q.trim().toLowerCase()
  // The words of an address are those of many others ('info', 'dk'), so it is looked up as it stands, or begins.
  if (/^[^\s@]+@\S*$/.test(address)) {
    const begins = `^${address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`
    return [{ contacts: { $elemMatch: { email: { $regex: begins }, to: null } } }]
  }
  return searchConditions('tokens', q)
}

export function lasting(on: Day) {
  return { $or: [{ to: null }, { to: { $gt: on } }] }
}

export function activeOn(on: Day): QueryFilter<Customer> {
  return { $or: [{ endedOn: null }, { endedOn: { $gt: on } }] }
}
