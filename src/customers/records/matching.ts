import type { QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { cappedCount, pageAfter, type Page, type Sort } from '../../db/paging.js'
import type { Customer } from '../rules.js'
import type { CustomerQuery, CustomerSort } from '../rules/lists.js'
import { Customers } from './customers.js'
import { activeOn, lasting, searched } from './lists.js'

const sorts: Record<CustomerSort, Sort> = {
  name: { field: 'sortKey', direction: 1 },
  reference: { field: 'reference', direction: 1 },
  changed: { field: 'changedAt', direction: -1 },
}

/** A page of what the list's address asks for. Each filter has an index of its own; several are met by the best of them. */
export function customersAsked(
  query: CustomerQuery,
  today: Day,
  cursor: string | undefined,
  size: number,
): Promise<Page<Customer>> {
  const { q, filters, ids } = query
  const whole = q === '' && ids.length === 0 && Object.keys(filters).every((name) => name === 'state')
  const walk = whole && !filters['state']?.includes('ended')
  return pageAfter(Customers, asked(query, today), sorts[query.sort as CustomerSort], cursor, size, { walk })
}

export function countAsked(query: CustomerQuery, today: Day): Promise<{ count: number; capped: boolean }> {
  return cappedCount(Customers, asked(query, today))
}

/** Ids of all that match, in no order. */
export async function idsAsked(query: CustomerQuery, today: Day): Promise<string[]> {
  const found = await Customers.find(asked(query, today), { _id: 1 }).lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}

/** What each of them is called by number. */
export async function customerReferences(ids: readonly string[]): Promise<Map<string, string>> {
  const found = await Customers.find({ _id: { $in: [...ids] } }, { reference: 1 }).lean<
    { _id: string; reference: string }[]
  >()
  return new Map(found.map(({ _id, reference }) => [_id, reference]))
}

/** Those with these references, in their order. */
export async function customersNamed(references: readonly string[]): Promise<Customer[]> {
  return Customers.find({ reference: { $in: [...references] } })
    .select({ moves: 0 })
    .sort({ reference: 1 })
    .lean<Customer[]>()
}

/** The versions of the agreement that hold with anyone. */
export async function agreedVersions(): Promise<string[]> {
  return Customers.distinct('agreement.dpaVersion')
}

function asked({ q, filters, ids }: CustomerQuery, today: Day): QueryFilter<Customer> {
  const all: QueryFilter<Customer>[] = searched(q)
  const { service, authorisation, notice, version, instruction, list, kind, contact } = filters
  if (ids.length > 0) all.push({ reference: { $in: ids } })
  if (service) all.push({ services: { $elemMatch: { service: { $in: service }, ...lasting(today) } } })
  if (authorisation) all.push({ 'agreement.authorisation': { $in: authorisation } } as QueryFilter<Customer>)
  if (notice) all.push({ noticeKey: { $in: notice } })
  if (version) all.push({ 'agreement.dpaVersion': { $in: version } })
  if (instruction)
    all.push({ 'agreement.transferInstruction.kind': { $in: instruction } } as QueryFilter<Customer>)
  if (list) all.push({ 'agreement.commonList': { $in: list.map((each) => each === 'common') } })
  if (kind) all.push({ isProcessor: { $in: kind.map((each) => each === 'processor') } })
  if (contact) all.push({ withoutContact: true })
  const state = filters['state'] ?? ['current']
  // Both, or all: no condition. A selection is shown whatever became of it.
  if (ids.length === 0 && !state.includes('all') && !(state.includes('current') && state.includes('ended')))
    all.push(state.includes('ended') ? { endedOn: { $ne: null, $lte: today } } : activeOn(today))
  return all.length === 0 ? {} : { $and: all }
}
