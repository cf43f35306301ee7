import type { Day } from '../../base/day.js'
import type { Customer } from '../rules.js'
import { Customers } from './customers.js'
import { activeOn } from './lists.js'

/** The versions of the agreement that at least so many customers have on the day: one that few have may name them. */
export async function agreementVersionsOn(day: Day, least: number): Promise<string[]> {
  const counts = new Map<string, number>()
  const cursor = Customers.find(activeOn(day), { 'agreement.dpaVersion': 1 })
    .lean<Pick<Customer, 'agreement'>[]>()
    .cursor({ batchSize: 1000 })
  for await (const { agreement } of cursor as AsyncIterable<Pick<Customer, 'agreement'>>)
    counts.set(agreement.dpaVersion, (counts.get(agreement.dpaVersion) ?? 0) + 1)
  return [...counts]
    .filter(([version, count]) => version !== '' && count >= least)
    .map(([version]) => version)
    .toSorted()
}

export type Named = Pick<Customer, '_id' | 'reference' | 'name' | 'registration' | 'contacts' | 'caseNumber'>

/** Every customer there ever was by what it can be told by, some at a time in the order of their ids. */
export async function* customersNamed(size = 500): AsyncGenerator<Named[]> {
  for (let after = ''; ;) {
    const found = await Customers.find({ _id: { $gt: after } })
      .select({ reference: 1, name: 1, registration: 1, contacts: 1, caseNumber: 1 })
      .sort({ _id: 1 })
      .limit(size)
      .lean<Named[]>()
    const last = found.at(-1)
    if (!last) return
    yield found
    after = last._id
  }
}

/** Those that are customers on the day, some at a time in the order of their ids, after the one named. */
export async function activeCustomersAfter(after: string, on: Day, size: number): Promise<Customer[]> {
  return Customers.find({ _id: { $gt: after }, ...activeOn(on) })
    .select({ moves: 0 })
    .sort({ _id: 1 })
    .limit(size)
    .lean<Customer[]>()
}
