import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { overlapping, withService, withServiceEnded, type Customer } from '../rules.js'
import { customerAsSeen, moveTo, type Which } from './move.js'

/**
 * The customer buys a service from a day on, which may lie ahead. The sub-processors of the service that it accepts with
 * the purchase are its baseline: the rooms above write those approvals, from the day this returns.
 */
export async function buyService(
  context: Context,
  which: Which,
  { service, from }: { service: string; from: Day },
): Promise<Customer> {
  const customer = await customerAsSeen(which)
  if (customer.endedOn !== null && customer.endedOn <= from)
    throw new Refused('customer-already-ended', { reference: customer.reference })
  if (overlapping(customer.services, service, from)) throw new Refused('service-already-bought')
  return moveTo(
    context,
    customer,
    { services: withService(customer.services, service, from) },
    { event: 'customer.service-bought', facts: { service, from } },
  )
}

/** `to` is the first day the service is no longer bought. `from` names the interval: a service may be bought anew. */
export async function endService(
  context: Context,
  which: Which,
  { service, from, to }: { service: string; from: Day; to: Day },
): Promise<Customer> {
  const customer = await customerAsSeen(which)
  if (!customer.services.some((bought) => bought.service === service && bought.from === from))
    throw new NotFound()
  if (to < from) throw new Refused('service-ends-before-start')
  return moveTo(
    context,
    customer,
    { services: withServiceEnded(customer.services, service, from, to) },
    { event: 'customer.service-ended', facts: { service, from, to } },
  )
}
