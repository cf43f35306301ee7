/** A customer's part in a breach as it comes to be, and from when its hours run. */
import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { agreementOn, type Customer } from '../../customers/rules.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { danishDateRules } from '../../notices/rules/deadlines.js'
import {
  affectedId,
  dueBy,
  hoursFrom,
  isOurs,
  lastInstant,
  orderOf,
  type AffectedChange,
  type AffectedCustomer,
  type Breach,
  type Involved,
} from '../rules.js'

type Agreed = Pick<Customer, 'agreements' | 'agreement'>

/**
 * The hours that were agreed with the customer on the day they begin: when we became aware of the breach, or that it concerns this
 * customer, where we could not know that before (33(2): "without undue delay after becoming aware").
 */
export function hoursOf(
  breach: Pick<Breach, 'role' | 'awareAt'>,
  { agreements, agreement }: Agreed,
  foundAt: Date | null,
): { hours: number | null; until: Date | null } {
  // D.2.2: clause 10 is about the customer's own data.
  if (isOurs(breach)) return { hours: null, until: null }
  const from = hoursFrom(breach, { foundAt })
  const hours = (agreementOn(agreements, dayOf(from, danishDateRules.zone)) ?? agreement).breachHours
  return { hours, until: lastInstant(from, hours) }
}

/** It is affected after all, and known to be from that moment. */
export function foundIn(
  breach: Breach,
  customer: Agreed,
  now: AffectedCustomer,
  foundAt: Date | null,
): AffectedChange {
  const { hours, until } = hoursOf(breach, customer, foundAt)
  return { ...dueBy(now, hours, until), standing: 'affected', foundAt }
}

export function foundFacts(
  breach: Pick<Breach, 'reference' | 'awareAt'>,
  affected: Pick<AffectedCustomer, 'customerReference' | 'services' | 'hours' | 'until' | 'foundAt'>,
): Record<string, unknown> {
  const { customerReference: customer, services, hours, until, foundAt } = affected
  return { breach: breach.reference, customer, services, hours, until, foundAt: foundAt ?? null }
}

export function affectedFrom(
  context: Context,
  breach: Breach,
  customer: Customer,
  { involved, because, foundAt }: { involved: Involved; because: string | null; foundAt: Date | null },
): AffectedCustomer {
  const { _id, reference, name, sortKey } = customer
  const { hours, until } = hoursOf(breach, customer, foundAt)
  const { affected, unused } = involved
  const isAffected = because !== null || affected.length > 0
  const services = affected.length > 0 ? affected : involved.services
  const facts = { customerReference: reference, services, hours, until, foundAt }
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
    standing: isAffected ? 'affected' : 'left-out',
    because,
    unused,
    foundAt,
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
      event: `breach-customer.${because !== null ? 'added' : isAffected ? 'found' : 'not-proposed'}`,
      facts: { ...foundFacts(breach, facts), ...(isAffected ? {} : { unused }) },
      ...(because === null ? {} : { personal: { because } }),
    }),
  }
}
