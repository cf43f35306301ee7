import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { customerByReference } from '../../customers/actions.js'
import {
  affectedById,
  BreachCustomers,
  Breaches,
  breachById,
  breachByReference,
  moveAffected,
  moveBreach,
} from '../records.js'
import { affectedId, type AffectedCustomer, type Breach } from '../rules.js'

type Told = { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> }

export async function breachOf(reference: string): Promise<Breach> {
  const breach = await breachByReference(reference)
  if (!breach) throw new NotFound()
  return breach
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  breach: Breach,
  changes: Partial<Breach>,
  move: Told,
): Promise<Breach> {
  const moved = await moveBreach(breach, changes, { at: context.now, by: context.actor, ...move })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(Breaches, moved)
  return moved
}

/** The same for one customer of a breach; null where somebody was quicker. */
export async function moveCustomer(
  context: Context,
  affected: AffectedCustomer,
  changes: Partial<AffectedCustomer>,
  move: Told,
): Promise<AffectedCustomer | null> {
  const facts = { breach: affected.breachReference, customer: affected.customerReference, ...move.facts }
  const moved = await moveAffected(affected, changes, { at: context.now, by: context.actor, ...move, facts })
  if (moved) await record(BreachCustomers, moved)
  return moved
}

const attempts = 5

/**
 * Decides on the breach as it is now, and again where somebody was quicker: for what follows by itself, or has happened already. Null
 * where nothing changes.
 */
export async function decideOn(
  context: Context,
  id: string,
  decide: (breach: Breach) => (Told & { change: Partial<Breach> }) | null,
): Promise<Breach | null> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const breach = await breachById(id)
    if (!breach) throw new NotFound()
    const decided = decide(breach)
    if (!decided) return null
    const { change, ...move } = decided
    const moved = await moveBreach(breach, change, { at: context.now, by: context.actor, ...move })
    if (moved) {
      await record(Breaches, moved)
      return moved
    }
  }
  throw new Refused('changed-meanwhile')
}

/**
 * Decides on the customer as it is now, and again where somebody was quicker: a call that was made has to be noted though a mail came
 * back meanwhile. Null where nothing changes.
 */
export async function decideFor(
  context: Context,
  id: string,
  decide: (affected: AffectedCustomer) => (Told & { change: Partial<AffectedCustomer> }) | null,
): Promise<AffectedCustomer | null> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const affected = await affectedById(id)
    if (!affected) throw new NotFound()
    const decided = decide(affected)
    if (!decided) return null
    const { change, ...move } = decided
    const moved = await moveCustomer(context, affected, change, move)
    if (moved) return moved
  }
  throw new Refused('changed-meanwhile')
}

/** A customer in the breach, by its own reference. */
export async function affectedOf(
  reference: string,
  customerReference: string,
): Promise<{ breach: Breach; affected: AffectedCustomer }> {
  const [breach, customer] = await Promise.all([breachOf(reference), customerByReference(customerReference)])
  const affected = await affectedById(affectedId(breach._id, customer._id))
  if (!affected) throw new NotFound()
  return { breach, affected }
}

/** What the log says of a customer that was told: enough to reckon the year's hours from. */
export function toldFacts(
  { awareAt }: Pick<Breach, 'awareAt'>,
  { toldAt, toldHow, hours, until }: Partial<AffectedCustomer>,
): Record<string, unknown> {
  return { awareAt, toldAt: toldAt ?? null, how: toldHow ?? null, hours: hours ?? null, until: until ?? null }
}
