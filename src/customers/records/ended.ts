/** Who left, or stopped buying something, on some days: what follows from it is for the rooms above. */
import type { Day } from '../../base/day.js'
import type { Customer } from '../rules.js'
import { Customers } from './customers.js'

export type Leaving = Pick<
  Customer,
  '_id' | 'reference' | 'name' | 'services' | 'endedOn' | 'contacts' | 'caseNumber' | 'sample'
>

const fields = {
  reference: 1,
  name: 1,
  services: 1,
  endedOn: 1,
  contacts: 1,
  caseNumber: 1,
  sample: 1,
} as const

/** Those of them that are customers no more on the day. */
export async function customersGone(ids: readonly string[], day: Day): Promise<string[]> {
  return Customers.distinct('_id', { _id: { $in: [...ids] }, endedOn: { $type: 'string', $lte: day } })
}

/** Customers no more, or with a service they no longer buy, since a day within these. */
export async function customersLeavingBetween(from: Day, to: Day): Promise<Leaving[]> {
  const within = { $gte: from, $lte: to }
  const [left, stopped] = await Promise.all([
    Customers.find({ endedOn: within }, fields).lean<Leaving[]>(),
    Customers.find({ services: { $elemMatch: { to: within } } }, fields).lean<Leaving[]>(),
  ])
  return [...new Map([...left, ...stopped].map((each) => [each._id, each])).values()]
}
