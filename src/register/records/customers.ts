import type { Day } from '../../base/day.js'
import { pageOfCustomers, type CustomerFilter } from '../../customers/records.js'
import type { Customer } from '../../customers/rules.js'
import { customersWithoutList } from './approvals.js'

const current: CustomerFilter = {
  q: '',
  service: null,
  authorisation: null,
  noticeKey: null,
  withoutContact: false,
  state: 'current',
}

const batch = 500
const mostOffered = 20

/** Current customers whose name, number or contact begins with what was typed. */
export async function customersNamed(search: string): Promise<Customer[]> {
  return (
    await pageOfCustomers({ ...current, q: search, state: 'all' }, '9999-12-31', undefined, mostOffered)
  ).rows
}

/** Current customers that never had anything approved: their list from signing is not on record. */
export async function customersLackingList(today: Day): Promise<Customer[]> {
  const lacking: Customer[] = []
  let cursor: string | undefined
  do {
    const { rows, next } = await pageOfCustomers(current, today, cursor, batch)
    const ids = new Set(await customersWithoutList(rows.map(({ _id }) => _id)))
    lacking.push(...rows.filter(({ _id }) => ids.has(_id)))
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return lacking
}
