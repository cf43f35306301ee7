/** Whom a notice is for, and what they have agreed. */
import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Customer, CustomerToTell } from '../rules.js'
import { customerToTell } from '../rules/customer.js'
import { Customers } from './customers.js'

/** The notice periods agreed with customers that buy one of the services, each once. */
export async function noticePeriodsFor(services: readonly string[]): Promise<NoticePeriod[]> {
  // Few periods are agreed with thousands of customers: each is looked for, instead of all customers looked at.
  const agreed: string[] = await Customers.distinct('noticeKey')
  const buying = { 'services.service': { $in: [...services] }, endedOn: null }
  const found = await Promise.all(agreed.map((noticeKey) => Customers.exists({ noticeKey, ...buying })))
  const keys = agreed.filter((_, place) => found[place])
  return keys.flatMap((key: string) => {
    const [, length, unit] = /^(\d+)-(.+)$/.exec(key) ?? []
    return length && unit ? [{ length: Number(length), unit: unit as NoticePeriod['unit'] }] : []
  })
}

/** The hours within which a breach is to be told, as agreed with customers that buy one of the services, each once. */
export function breachHoursFor(services: readonly string[]): Promise<number[]> {
  return Customers.distinct('agreement.breachHours', {
    'services.service': { $in: [...services] },
    endedOn: null,
  }).exec()
}

/**
 * Active customers that buy one of the services on the day, and those whose list is common to all: some at a time, in the order of
 * their ids, so that any number of them fits in memory.
 */
export async function* batchesToTell(
  services: readonly string[],
  on: Day,
  size = 500,
): AsyncGenerator<CustomerToTell[]> {
  let after = ''
  for (;;) {
    const found = await Customers.find({ _id: { $gt: after }, ...concernedBy(services) })
      .select(whatIsTold)
      .sort({ _id: 1 })
      .limit(size)
      .lean<Customer[]>()
    const last = found.at(-1)
    if (!last) return
    yield told(found, services, on)
    after = last._id
  }
}

const whatIsTold = {
  reference: 1,
  name: 1,
  sortKey: 1,
  caseNumber: 1,
  agreement: 1,
  services: 1,
  contacts: 1,
  isProcessor: 1,
  endedOn: 1,
  sample: 1,
} as const

/** More than are told: which of the intervals cover the day is decided on the values. */
function concernedBy(services: readonly string[]) {
  return { $or: [{ 'services.service': { $in: [...services] } }, { 'agreement.commonList': true }] }
}

function told(customers: readonly Customer[], services: readonly string[], on: Day): CustomerToTell[] {
  const wanted = new Set(services)
  return customers.flatMap((customer) => customerToTell(customer, wanted, on) ?? [])
}

/** Customers that were last changed after one instant and no later than another, some at a time. */
export async function* customersChangedBetween(
  after: Date,
  until: Date,
  size = 500,
): AsyncGenerator<Customer[]> {
  let seen = { changedAt: after, _id: '\uffff' }
  for (;;) {
    const found: Customer[] = await Customers.find({
      changedAt: { $gte: seen.changedAt, $lte: until },
      $or: [{ changedAt: { $gt: seen.changedAt } }, { _id: { $gt: seen._id } }],
    })
      .select({ moves: 0 })
      .sort({ changedAt: 1, _id: 1 })
      .limit(size)
      .lean<Customer[]>()
    const last = found.at(-1)
    if (!last) return
    yield found
    seen = { changedAt: last.changedAt ?? until, _id: last._id }
  }
}
