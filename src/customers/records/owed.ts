/** Whom something is owed to: counted by their agreed notice, or gone through some at a time. */
import type { Day } from '../../base/day.js'
import type { NoticePeriod } from '../../base/period.js'
import type { Customer } from '../rules.js'
import { Customers } from './customers.js'
import { activeOn, agreedNotices, lasting } from './lists.js'

/** How many of those customers buy one of the services on the day, by the notice agreed with them. */
export async function countPerPeriod(
  services: readonly string[],
  on: Day,
  among: readonly string[],
): Promise<{ period: NoticePeriod; count: number }[]> {
  const agreed = await agreedNotices()
  const buying = {
    services: { $elemMatch: { service: { $in: [...services] }, from: { $lte: on }, ...lasting(on) } },
  }
  const counted = await Promise.all(
    agreed.map(async (noticeKey) => {
      const [, length, unit] = /^(\d+)-(.+)$/.exec(noticeKey) ?? []
      if (!length || !unit) return []
      const count = await Customers.countDocuments({
        _id: { $in: [...among] },
        noticeKey,
        $and: [buying, activeOn(on)],
      })
      const period = { length: Number(length), unit: unit as NoticePeriod['unit'] }
      return count === 0 ? [] : [{ period, count }]
    }),
  )
  return counted.flat()
}

export type Buyer = Pick<
  Customer,
  '_id' | 'reference' | 'name' | 'sortKey' | 'services' | 'contacts' | 'endedOn' | 'caseNumber' | 'sample'
>

/** Customers that ever bought one of the services, some at a time in the order of their ids; when, their `services` say. */
export async function* buyersOf(services: readonly string[], size = 500): AsyncGenerator<Buyer[]> {
  let after = ''
  for (;;) {
    const found = await Customers.find({ _id: { $gt: after }, 'services.service': { $in: [...services] } })
      .select({
        reference: 1,
        name: 1,
        sortKey: 1,
        services: 1,
        contacts: 1,
        endedOn: 1,
        caseNumber: 1,
        sample: 1,
      })
      .sort({ _id: 1 })
      .limit(size)
      .lean<Buyer[]>()
    const last = found.at(-1)
    if (!last) return
    yield found
    after = last._id
  }
}
