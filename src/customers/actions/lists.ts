import type { Context } from '../../base/context.js'
import { readListQuery } from '../../lists/rules.js'
import { customersAsked } from '../records.js'
import type { Customer } from '../rules.js'
import { customerList, type CustomerQuery } from '../rules/lists.js'

const batch = 500

/** The query of an address of the customers' list; what it does not know is left out. */
export function readCustomerQuery(query: unknown): CustomerQuery {
  return readListQuery(customerList, query)
}

/** All that match, however many, in the order of the list: for exports and for doing something to all of them. */
export async function* customersMatching({ today }: Context, query: CustomerQuery): AsyncGenerator<Customer> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await customersAsked(query, today, cursor, batch)
    yield* page.rows
    cursor = page.next
  }
}
