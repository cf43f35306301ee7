import type { Day } from '../../base/day.js'
import { coversDay, type Approval, type NewApproval } from './list.js'

/** What of a customer its list from signing depends on. */
export type AcceptingCustomer = {
  _id: string
  reference: string
  name: string
  agreement: { commonList: boolean }
  agreements: readonly { signedOn: Day | null; from: Day }[]
  services: readonly { service: string; from: Day; to: Day | null }[]
}

/** The day its first agreement was signed; where that is not known, the day it began. */
export function signedFrom({ agreements }: AcceptingCustomer): Day | null {
  const first = agreements[0]
  return first ? (first.signedOn ?? first.from) : null
}

/** From when each customer is taken to have accepted its list: one day for all, or its own signing. */
export function acceptingOn(customers: readonly AcceptingCustomer[], on: Day | null): Accepting[] {
  return customers.flatMap((customer): Accepting[] => {
    const from = on ?? signedFrom(customer)
    if (from === null) return []
    const services = customer.services.map(({ service }) => service)
    return [{ id: customer._id, from, services, commonList: customer.agreement.commonList }]
  })
}

/** A customer as far as its list from signing goes; `from`: the day it is taken to have accepted it. */
export type Accepting = { id: string; from: Day; services: readonly string[]; commonList: boolean }

/** What stands on the list that is accepted; `to`: the day it went off everybody's, where it has since. */
export type Accepted = { _id: string; services: readonly string[]; to?: Day }

/** `held`: the days on which any customer had it approved. */
export function wentOff(held: readonly { from: Day; to: Day | null }[], accepted: Day): { to?: Day } {
  const then = held.find((days) => coversDay(days, accepted))
  return then && then.to !== null ? { to: then.to } : {}
}

/**
 * What each customer accepts: every engagement where the list is common to all, else those of its services; not what it has
 * approved on that day already.
 */
export function baselineRows(
  customers: readonly Accepting[],
  engagements: readonly Accepted[],
  held: readonly Pick<Approval, 'customer' | 'engagement' | 'from' | 'to'>[],
): NewApproval[] {
  return customers.flatMap(({ id, from, services, commonList }) => {
    const already = new Set(
      held
        .filter((approval) => approval.customer === id && coversDay(approval, from))
        .map(({ engagement }) => engagement),
    )
    return engagements
      .filter(({ _id }) => !already.has(_id))
      .filter((engagement) => commonList || engagement.services.some((service) => services.includes(service)))
      .map(({ _id, to }): NewApproval => ({
        customer: id,
        engagement: _id,
        from,
        ...(to === undefined ? {} : { to }),
        notice: null,
        kind: 'baseline',
      }))
  })
}
