import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { buyersOf, customersByIds } from '../../customers/actions.js'
import type { Customer } from '../../customers/rules.js'
import { affectedByIds, BreachCustomers, insertAffected } from '../records.js'
import {
  boughtThen,
  involvedOf,
  servicesOf,
  type AffectedCustomer,
  type Breach,
  type Involved,
} from '../rules.js'
import { affectedFrom, foundFacts, foundIn } from './affected-from.js'
import { breachOf, decideFor, decideOn } from './move.js'
import { usesOf } from './used.js'

/**
 * Every customer that bought an affected service while it was going on, and whose data the engagement had as far as the registers
 * know; the others stand in the breach as left out, with why. May be repeated: what staff decided stays, and so does who was told.
 * Returns how many came in.
 */
async function deriveCustomers(context: Context, breach: Breach): Promise<number> {
  const services = servicesOf(breach)
  const span = { from: breach.from ?? breach.awareOn, until: breach.until ?? context.today }
  let added = 0
  if (services.length === 0) return added
  const unusedBy = await usesOf(breach.engagements, context.today)
  for await (const buyers of buyersOf(services)) {
    const bought = new Map(
      buyers.flatMap((buyer): [string, string[]][] => {
        const those = boughtThen(buyer.services, buyer.endedOn, services, span)
        return those.length === 0 ? [] : [[buyer._id, those]]
      }),
    )
    const ids = [...bought.keys()]
    if (ids.length === 0) continue
    const [customers, unused] = await Promise.all([customersByIds(ids), unusedBy(ids, span)])
    const found = customers.map((customer) => ({
      customer,
      involved: involvedOf(
        bought.get(customer._id) ?? [],
        breach.ownServices,
        breach.engagements,
        unused.get(customer._id) ?? [],
      ),
    }))
    added += await keep(context, breach, found)
  }
  return added
}

type Found = { customer: Customer; involved: Involved }

async function keep(context: Context, breach: Breach, found: readonly Found[]): Promise<number> {
  const rows = found.map(({ customer, involved }) =>
    affectedFrom(context, breach, customer, { involved, because: null, foundAt: breach.widenedAt ?? null }),
  )
  const known = new Map((await affectedByIds(rows.map(({ _id }) => _id))).map((each) => [each._id, each]))
  await insertAffected(rows)
  const kept = await affectedByIds(rows.map(({ _id }) => _id))
  await record(
    BreachCustomers,
    kept.filter(({ unlogged }) => unlogged),
  )
  let added = kept.filter(({ _id, standing }) => standing === 'affected' && !known.has(_id)).length
  for (const [place, { customer, involved }] of found.entries()) {
    const earlier = known.get(rows[place]?._id ?? '')
    if (earlier && (await widen(context, breach, earlier, customer, involved))) added += 1
  }
  return added
}

/** Who is in the breach already: what more of its services is affected; proposed as left out only while nothing of it was. */
async function widen(
  context: Context,
  breach: Breach,
  earlier: AffectedCustomer,
  customer: Customer,
  { affected }: Involved,
): Promise<boolean> {
  let came = false
  await decideFor(context, earlier._id, (now) => {
    came = now.standing === 'left-out' && now.because === null && affected.length > 0
    if (came) {
      const change = foundIn(breach, customer, now, breach.widenedAt ?? null)
      return {
        change: { ...change, services: affected },
        event: 'breach-customer.found',
        facts: foundFacts(breach, { ...now, ...change, services: affected }),
      }
    }
    const services = [...new Set([...now.services, ...affected])]
    return now.standing === 'left-out' || services.length === now.services.length
      ? null
      : { change: { services }, event: 'breach-customer.more-services', facts: { services } }
  })
  return came
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
