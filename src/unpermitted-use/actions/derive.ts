import type { Context } from '../../base/context.js'
import { searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import { record } from '../../audit-log/actions.js'
import { buyersOf, type Buyer } from '../../customers/actions.js'
import { approvalsOfEngagement } from '../../register/actions.js'
import { affectedByIds, AffectedCustomers, insertAffected } from '../records.js'
import {
  affectedId,
  daysWithout,
  type AffectedCustomer,
  type Interval,
  type UseCase,
  type Without,
} from '../rules.js'

/**
 * Every customer for whom it was used without permission, from what it bought and approved on those days. May be repeated: who
 * is in the case already stays as they are.
 */
export async function deriveCustomers(context: Context, useCase: UseCase): Promise<number> {
  let added = 0
  const used = { from: useCase.since, to: useCase.stopped?.on ?? null }
  for await (const buyers of buyersOf(useCase.services)) {
    const without = await withoutPermission(useCase.engagement, useCase.services, used, buyers, context.today)
    const customers = without.map(({ buyer, days }) => affectedFrom(context, useCase, buyer, days, null))
    if (customers.length === 0) continue
    added += await insertAffected(customers)
    const kept = await affectedByIds(customers.map(({ _id }) => _id))
    await record(
      AffectedCustomers,
      kept.filter(({ unlogged }) => unlogged),
    )
  }
  return added
}

/** Those of the buyers who had not approved it on some day of the use. */
async function withoutPermission(
  engagement: string,
  services: readonly string[],
  used: Interval,
  buyers: readonly Buyer[],
  today: string,
): Promise<{ buyer: Buyer; days: Without }[]> {
  const approvals = await approvalsOfEngagement(
    engagement,
    buyers.map(({ _id }) => _id),
  )
  const held = new Map<string, Interval[]>()
  for (const { customer, from, to } of approvals)
    held.set(customer, [...(held.get(customer) ?? []), { from, to }])
  return buyers.flatMap((buyer) => {
    const bought = buyer.services
      .filter(({ service }) => services.includes(service))
      .map(({ from, to }) => ({ from, to: earlier(to, buyer.endedOn) }))
    const days = daysWithout(used, bought, held.get(buyer._id) ?? [], today)
    return days ? [{ buyer, days }] : []
  })
}

export function affectedFrom(
  context: Context,
  useCase: UseCase,
  {
    _id: customer,
    reference,
    name,
    sortKey,
    sample,
  }: Pick<Buyer, '_id' | 'reference' | 'name' | 'sortKey' | 'sample'>,
  days: Pick<Without, 'since' | 'until'>,
  because: string | null,
): AffectedCustomer {
  return {
    _id: affectedId(useCase._id, customer),
    useCase: useCase._id,
    caseReference: useCase.reference,
    customer,
    customerReference: reference,
    customerName: name,
    sortKey,
    tokens: searchTokens(reference, name),
    since: days.since,
    until: days.until,
    standing: 'affected',
    because,
    told: 'no',
    toldOn: null,
    undelivered: null,
    round: 0,
    delivery: null,
    approvedFrom: null,
    approvedBy: null,
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: because === null ? 'unpermitted-customer.found' : 'unpermitted-customer.added',
      facts: { case: useCase.reference, customer: reference, since: days.since, until: days.until },
      ...(because === null ? {} : { personal: { because } }),
    }),
  }
}

function earlier(a: string | null, b: string | null): string | null {
  if (a === null) return b
  return b === null || a < b ? a : b
}
