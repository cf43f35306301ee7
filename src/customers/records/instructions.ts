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

/**
 * `except`: customers that have given an instruction of their own for what is asked about; `leftOut`: those whose data are not in it at
 * all, though they buy it.
 */
export type Asked = {
  services: readonly string[]
  on: Day
  lacking: Lacking
  except?: readonly string[]
  leftOut?: readonly string[]
}

/** How many of these buy one of the services on the day. */
export async function countBuyers(
  ids: readonly string[],
  asked: Pick<Asked, 'services' | 'on'>,
): Promise<number> {
  if (ids.length === 0) return 0
  return Customers.countDocuments({ $and: [{ _id: { $in: [...ids] } }, ...buying(asked)] })
}

/** Of the customers that buy one of the services on the day. */
export async function instructionsOf(asked: Asked, named: number): Promise<InstructionsOf> {
  const customers = cappedCount(Customers, { $and: buying(asked) })
  const kinds = kindsLacking(asked)
  if (kinds.length === 0)
    return { customers: await customers, lacking: { count: 0, capped: false }, first: [], kinds: [] }
  const all = without(asked, { $in: kinds })
  const [counted, lack, first, found] = await Promise.all([
    customers,
    cappedCount(Customers, all),
    Customers.find(all, { reference: 1, name: 1, agreement: 1 })
      .sort({ sortKey: 1, _id: 1 })
      .limit(named)
      .lean<InstructionsOf['first']>()
      .exec(),
    Promise.all(kinds.map((kind) => Customers.exists(without(asked, kind)))),
  ])
  return {
    customers: counted,
    lacking: lack,
    first,
    kinds: kinds.filter((_, place) => found[place] !== null),
  }
}

/** Whether any of them lacks it. */
export async function anyLacksInstruction(asked: Asked): Promise<boolean> {
  for (const kind of kindsLacking(asked))
    if ((await Customers.exists(without(asked, kind))) !== null) return true
  return false
}

/** Those that lack it, some hundreds at a time, with the kind of instruction each has given. */
export async function* customersLackingInstruction(
  asked: Asked,
): AsyncGenerator<{ _id: string; kind: TransferInstruction['kind'] }[]> {
  const kinds = kindsLacking(asked)
  if (kinds.length === 0) return
  const size = 500
  const rows = Customers.find(without(asked, { $in: kinds }), { 'agreement.transferInstruction.kind': 1 })
    .lean<{ _id: string; agreement: { transferInstruction: { kind: TransferInstruction['kind'] } } }[]>()
    .cursor({ batchSize: size })
  let some: { _id: string; kind: TransferInstruction['kind'] }[] = []
  for await (const { _id, agreement } of rows) {
    some.push({ _id, kind: agreement.transferInstruction.kind })
    if (some.length < size) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

/** What these have instructed in their agreements. */
export async function instructionsInAgreements(
  ids: readonly string[],
): Promise<Map<string, TransferInstruction>> {
  const rows = await Customers.find({ _id: { $in: [...ids] } }, { 'agreement.transferInstruction': 1 }).lean<
    { _id: string; agreement: { transferInstruction: TransferInstruction } }[]
  >()
  return new Map(rows.map(({ _id, agreement }) => [_id, agreement.transferInstruction]))
}

type Kind = TransferInstruction['kind']

function kindsLacking({ lacking }: Asked): Kind[] {
  return [...lacking.kinds, ...(lacking.countries.length > 0 ? (['countries'] as const) : [])]
}

function buying({
  services,
  on,
  leftOut = [],
}: Pick<Asked, 'services' | 'on' | 'leftOut'>): QueryFilter<Customer>[] {
  const from = { $lte: on }
  const bought = { services: { $elemMatch: { service: { $in: [...services] }, from, ...lasting(on) } } }
  return [bought, activeOn(on), ...(leftOut.length > 0 ? [{ _id: { $nin: [...leftOut] } }] : [])]
}

function without(asked: Asked, kind: Kind | { $in: Kind[] }): QueryFilter<Customer> {
  const { lacking, except = [] } = asked
  return {
    $and: [
      { 'agreement.transferInstruction.kind': kind },
      ...(lacking.countries.length > 0 ? [leavingOut(lacking.countries)] : []),
      ...(except.length > 0 ? [{ _id: { $nin: [...except] } }] : []),
      ...buying(asked),
    ],
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
