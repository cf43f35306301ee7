import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { buyersOf, customersByIds } from '../../customers/actions.js'
import { agreementOn, type Customer } from '../../customers/rules.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import { affectedByIds, BreachCustomers, insertAffected } from '../records.js'
import {
  affectedId,
  boughtThen,
  isOurs,
  lastInstant,
  orderOf,
  servicesOf,
  type AffectedCustomer,
  type Breach,
} from '../rules.js'
import { breachOf, decideOn } from './move.js'

/**
 * Every customer that bought an affected service while it was going on. May be repeated: who is in the breach already stays as they
 * are, told, left out or added by hand. Returns how many came in.
 */
export async function deriveCustomers(context: Context, breach: Breach): Promise<number> {
  const services = servicesOf(breach)
  const span = { from: breach.from ?? breach.awareOn, until: breach.until ?? context.today }
  let added = 0
  if (services.length === 0) return added
  for await (const buyers of buyersOf(services)) {
    const those = buyers.flatMap((buyer) => {
      const bought = boughtThen(buyer.services, buyer.endedOn, services, span)
      return bought.length === 0 ? [] : [{ id: buyer._id, bought }]
    })
    if (those.length === 0) continue
    const customers = await customersByIds(those.map(({ id }) => id))
    const bought = new Map(those.map((each) => [each.id, each.bought]))
    const rows = customers.map((customer) =>
      affectedFrom(context, breach, customer, bought.get(customer._id) ?? [], null),
    )
    added += await insertAffected(rows)
    const kept = await affectedByIds(rows.map(({ _id }) => _id))
    await record(
      BreachCustomers,
      kept.filter(({ unlogged }) => unlogged),
    )
  }
  return added
}

/** Whom it concerns, and that this is known; a timer goes on where a crash ended it. */
export async function finishDeriving(context: Context, breach: Breach): Promise<Breach> {
  const customers = await deriveCustomers(context, breach)
  const moved = await decideOn(context, breach._id, (now) =>
    now.derived
      ? null
      : {
          change: { derived: true },
          event: 'breach.customers-found',
          facts: { customers, services: servicesOf(breach) },
        },
  )
  return moved ?? breachOf(breach.reference)
}

/** The hours that were agreed with the customer on the day we became aware. */
export function hoursOf(
  breach: Pick<Breach, 'role' | 'awareAt'>,
  { agreements, agreement }: Pick<Customer, 'agreements' | 'agreement'>,
): { hours: number | null; until: Date | null } {
  // D.2.2: clause 10 is about the customer's own data.
  if (isOurs(breach)) return { hours: null, until: null }
  const on = dayOf(breach.awareAt, danishDateRules.zone)
  const hours = (agreementOn(agreements, on) ?? agreement).breachHours
  return { hours, until: lastInstant(breach.awareAt, hours) }
}

export function affectedFrom(
  context: Context,
  breach: Breach,
  customer: Customer,
  services: string[],
  because: string | null,
): AffectedCustomer {
  const { _id, reference, name, sortKey } = customer
  const { hours, until } = hoursOf(breach, customer)
  return {
    _id: affectedId(breach._id, _id),
    breach: breach._id,
    breachReference: breach.reference,
    customer: _id,
    customerReference: reference,
    customerName: name,
    sortKey,
    tokens: searchTokens(reference, name),
    services,
    standing: 'affected',
    because,
    hours,
    until,
    told: 'no',
    toldAt: null,
    toldHow: null,
    phase: 0,
    latest: 'no',
    phases: [],
    calls: [],
    registered: [],
    receipts: [],
    questions: [],
    asks: false,
    order: orderOf({ told: 'no', until, sortKey, customerReference: reference }),
    sample: customer.sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: because === null ? 'breach-customer.found' : 'breach-customer.added',
      facts: { breach: breach.reference, customer: reference, services, hours, until },
      ...(because === null ? {} : { personal: { because } }),
    }),
  }
}
