/** What customers have instructed on transfers (C.6), asked of all of them without reading all of them. */
import type { QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { cappedCount } from '../../db/paging.js'
import type { TransferInstruction } from '../../transfers/rules.js'
import type { Customer } from '../rules.js'
import { Customers } from './customers.js'
import { activeOn, lasting } from './lists.js'

/** Instructions that do not reach: every one of these kinds, and of those by country any that leaves one of `countries` out. */
export type Lacking = { kinds: readonly TransferInstruction['kind'][]; countries: readonly string[] }

export type InstructionsOf = {
  customers: { count: number; capped: boolean }
  lacking: { count: number; capped: boolean }
  /** The first of those whose instruction does not reach, by name. */
  first: Pick<Customer, 'reference' | 'name' | 'agreement'>[]
  /** What kinds of instruction those have. */
  kinds: TransferInstruction['kind'][]
}

/** Of the customers that buy one of the services on the day. */
export async function instructionsOf(
  services: readonly string[],
  on: Day,
  lacking: Lacking,
  named: number,
): Promise<InstructionsOf> {
  const from = { $lte: on }
  const bought = { services: { $elemMatch: { service: { $in: [...services] }, from, ...lasting(on) } } }
  const buying: QueryFilter<Customer>[] = [bought, activeOn(on)]
  const customers = cappedCount(Customers, { $and: buying })
  const kinds: TransferInstruction['kind'][] = [
    ...lacking.kinds,
    ...(lacking.countries.length > 0 ? (['countries'] as const) : []),
  ]
  if (kinds.length === 0)
    return { customers: await customers, lacking: { count: 0, capped: false }, first: [], kinds: [] }
  const without = (kind: (typeof kinds)[number] | { $in: typeof kinds }) => ({
    $and: [
      { 'agreement.transferInstruction.kind': kind },
      ...(lacking.countries.length > 0 ? [leavingOut(lacking.countries)] : []),
      ...buying,
    ],
  })
  const all = without({ $in: kinds })
  const [counted, lack, first, found] = await Promise.all([
    customers,
    cappedCount(Customers, all),
    Customers.find(all, { reference: 1, name: 1, agreement: 1 })
      .sort({ sortKey: 1, _id: 1 })
      .limit(named)
      .lean<InstructionsOf['first']>()
      .exec(),
    Promise.all(kinds.map((kind) => Customers.exists(without(kind)))),
  ])
  return {
    customers: counted,
    lacking: lack,
    first,
    kinds: kinds.filter((_, place) => found[place] !== null),
  }
}

function leavingOut(countries: readonly string[]): QueryFilter<Customer> {
  return {
    $or: [
      { 'agreement.transferInstruction.kind': { $ne: 'countries' } },
      { 'agreement.transferInstruction.countries': { $not: { $all: [...countries] } } },
    ],
  }
}
