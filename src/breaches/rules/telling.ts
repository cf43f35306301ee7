/** What it means for one customer that a mail left, came, or did not; that it was called, or told by another channel. */
import type { AffectedCustomer, Call, How, PhaseDelivery, Registered } from './affected.js'
import { orderOf } from './affected.js'

export type AffectedChange = Partial<AffectedCustomer>

type Known = Pick<
  AffectedCustomer,
  'phases' | 'calls' | 'registered' | 'until' | 'sortKey' | 'customerReference' | 'phase'
>

/**
 * Told is whoever was reached first, by whatever way: a mail a server took over, a call in which it was said, what staff registered.
 * A later failure takes back only what that one mail had brought.
 */
function reckoned(affected: Known, change: AffectedChange): AffectedChange {
  const { phases, calls, registered, until, sortKey, customerReference, phase } = { ...affected, ...change }
  const reached: { at: Date; how: How; phase: number }[] = [
    ...phases.flatMap(({ state, at, number }) =>
      state === 'told' && at ? [{ at, how: 'mail' as const, phase: number }] : [],
    ),
    ...calls.flatMap((call) =>
      call.outcome === 'told' ? [{ at: call.at, how: 'call' as const, phase: 0 }] : [],
    ),
    ...registered.map(({ at, how, phase: number }) => ({ at, how, phase: number })),
  ]
  const first = reached.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null
  const latest = reached.some((each) => each.phase === phase && phase > 0)
    ? 'told'
    : (phases.find(({ number }) => number === phase)?.state ?? 'no')
  const told = first ? 'told' : latest
  return {
    ...change,
    told,
    toldAt: first?.at ?? null,
    toldHow: first?.how ?? null,
    latest,
    order: orderOf({ told, until, sortKey, customerReference }),
  }
}

/** A phase is on its way to that contact, or there is nobody to send it to. */
export function sent(affected: Known, number: number, contact: string | null): AffectedChange {
  const earlier = affected.phases.find((each) => each.number === number)
  const delivery: PhaseDelivery = {
    number,
    state: contact === null ? 'undelivered' : 'queued',
    at: null,
    mail: null,
    tried: [...(earlier?.tried ?? []), ...(contact === null ? [] : [contact])],
    because: contact === null ? (earlier?.because ?? 'no-contact') : null,
  }
  return reckoned(affected, {
    phase: Math.max(affected.phase, number),
    phases: [...affected.phases.filter((each) => each.number !== number), delivery],
  })
}

/** A mail with that phase was taken over by the customer's server. Null where that is known already. */
export function arrived(affected: Known, number: number, mail: string, at: Date): AffectedChange | null {
  const delivery = affected.phases.find((each) => each.number === number)
  if (!delivery || delivery.state === 'told') return null
  return withDelivery(affected, { ...delivery, state: 'told', at, mail, because: null })
}

/**
 * A mail with that phase came back, at once or later. `next`: who is written to now; null: nobody is left, staff must call.
 * Null where another mail has brought it, or another contact is being tried.
 */
export function failed(
  affected: Known,
  number: number,
  { mail, contact, because }: { mail: string; contact: string | null; because: string },
  next: string | null,
): AffectedChange | null {
  const delivery = affected.phases.find((each) => each.number === number)
  if (!delivery || delivery.state === 'undelivered') return null
  if (delivery.state === 'told' ? delivery.mail !== mail : delivery.tried.at(-1) !== contact) return null
  const tried = next === null ? delivery.tried : [...delivery.tried, next]
  return withDelivery(affected, {
    number,
    state: next === null ? 'undelivered' : 'queued',
    at: null,
    mail: null,
    tried,
    because: next === null ? because : null,
  })
}

export function called(affected: Known, call: Call): AffectedChange {
  return reckoned(affected, { calls: [...affected.calls, call] })
}

export function registeredAs(affected: Known, registered: Registered): AffectedChange {
  return reckoned(affected, { registered: [...affected.registered, registered] })
}

/** Another last instant, as when we knew earlier than we thought. */
export function dueBy(affected: Known, hours: number | null, until: Date | null): AffectedChange {
  return reckoned({ ...affected, until }, { hours, until })
}

function withDelivery(affected: Known, delivery: PhaseDelivery): AffectedChange {
  return reckoned(affected, {
    phases: affected.phases.map((each) => (each.number === delivery.number ? delivery : each)),
  })
}
