import { decideRecorded, moveRecorded, mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { customerByReference } from '../../customers/actions.js'
import { affectedById, BreachCustomers, breachByReference, Breaches } from '../records.js'
import { affectedId, hoursFrom, type AffectedCustomer, type Breach } from '../rules.js'

export async function breachOf(reference: string): Promise<Breach> {
  const breach = await breachByReference(reference)
  if (!breach) throw new NotFound()
  return breach
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export function moveTo(
  context: Context,
  breach: Breach,
  changes: Partial<Breach>,
  said: Said,
): Promise<Breach> {
  return mustMove(context, Breaches, breach, changes, said)
}

/** The same for one customer of a breach; null where somebody was quicker. */
export function moveCustomer(
  context: Context,
  affected: AffectedCustomer,
  changes: Partial<AffectedCustomer>,
  said: Said,
): Promise<AffectedCustomer | null> {
  return moveRecorded(context, BreachCustomers, affected, changes, withWhose(affected, said))
}

/** On the breach as it is now, and again where somebody was quicker. Null where nothing changes. */
export function decideOn(
  context: Context,
  id: string,
  decide: (breach: Breach) => (Said & { change: Partial<Breach> }) | null,
): Promise<Breach | null> {
  return decideRecorded(context, Breaches, id, decide)
}

/** The same for one customer of a breach. */
export function decideFor(
  context: Context,
  id: string,
  decide: (affected: AffectedCustomer) => (Said & { change: Partial<AffectedCustomer> }) | null,
): Promise<AffectedCustomer | null> {
  return decideRecorded(context, BreachCustomers, id, (affected) => {
    const decided = decide(affected)
    return decided && { ...decided, ...withWhose(affected, decided) }
  })
}

/** The log names breach and customer by what they are called. */
function withWhose(
  { breachReference: breach, customerReference: customer }: AffectedCustomer,
  said: Said,
): Said {
  return { ...said, facts: { breach, customer, ...said.facts } }
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
  breach: Pick<Breach, 'awareAt'>,
  affected: Partial<AffectedCustomer>,
): Record<string, unknown> {
  const { toldAt = null, toldHow: how = null, hours = null, until = null } = affected
  return { awareAt: hoursFrom(breach, affected), toldAt, how, hours, until }
}
