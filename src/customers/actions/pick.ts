import type { Context } from '../../base/context.js'
import type { PickSource } from '../../lists/picker.js'
import { referenceIn, type Pickable } from '../../lists/picking.js'
import { customersAsked, customersNamed, findCustomer, findCustomersByIds } from '../records.js'
import type { Customer } from '../rules.js'
import { readCustomerQuery } from './lists.js'

/** What the customers are called, by reference. */
export async function customerNamesByReferences(references: readonly string[]): Promise<Map<string, string>> {
  const found = references.length === 0 ? [] : await customersNamed(references)
  return new Map(found.map(({ reference, name }) => [reference, name]))
}

/** Customers, by the words of their entry in the list; those that have left are found by whoever asks for them. */
export function customersToPick({ today }: Context, by: 'id' | 'reference'): PickSource {
  const picked = ({ _id, reference, name }: Customer): Pickable => ({
    value: by === 'id' ? _id : reference,
    reference,
    name,
  })
  return {
    url: '/choices/customers',
    find: async (words, most) => {
      const query = readCustomerQuery({ q: words, state: 'all' })
      return (await customersAsked(query, today, undefined, most)).rows.map(picked)
    },
    exact: async (asked) => {
      const reference = referenceIn(asked)
      const customer =
        reference === null ? (await findCustomersByIds([asked]))[0] : await findCustomer(reference)
      return customer ? picked(customer) : null
    },
  }
}
