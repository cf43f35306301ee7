import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { customerByReference } from '../../customers/actions.js'
import { storeFile, type Upload } from '../../files/actions.js'
import type { AddingInput } from '../form.js'
import { affectedById, BreachCustomers, countAffected, everyAffected, insertAffected } from '../records.js'
import {
  affectedId,
  called,
  mayConcludeNobody,
  refuseClosed,
  registeredAs,
  type AffectedCustomer,
  type Breach,
  type Call,
  type Registered,
} from '../rules.js'
import { affectedFrom, foundFacts, foundIn } from './affected-from.js'
import { affectedOf, breachOf, decideFor, moveTo, toldFacts } from './move.js'
import { finishSending } from './send.js'
import { settleState } from './standing.js'

/** A customer the services did not show, or one that was left out. What has been sent to the others goes to it at once. */
export async function addCustomerTo(
  context: Context,
  reference: string,
  { customer: named, because, foundAt }: AddingInput,
): Promise<void> {
  const breach = await breachOf(reference)
  refuseClosed(breach)
  const customer = await customerByReference(named)
  const known = await affectedById(affectedId(breach._id, customer._id))
  if (known) {
    await decideFor(context, known._id, (now) => {
      // Who is in it has its hours already: they are not begun anew by adding it once more.
      const change =
        now.standing === 'affected' ? { because } : { ...foundIn(breach, customer, now, foundAt), because }
      return {
        change,
        event: 'breach-customer.added',
        facts: foundFacts(breach, { ...now, ...change }),
        personal: { because },
      }
    })
  } else {
    const involved = { services: [], affected: [], unused: [] }
    const affected = affectedFrom(context, breach, customer, { involved, because, foundAt })
    await insertAffected([affected])
    await record(BreachCustomers, affected)
  }
  if (breach.nobody)
    await moveTo(
      context,
      breach,
      { nobody: null },
      { event: 'breach.somebody-affected', facts: { customer: customer.reference } },
    )
  const now = await breachOf(reference)
  if (now.phases.length > 0) await finishSending(context, now)
  await settleState(context, now)
}

/** Its data were not affected after all; the reason stays on record. Whoever was told already stays in the breach. */
export async function leaveOut(
  context: Context,
  reference: string,
  customer: string,
  because: string,
): Promise<void> {
  const { breach, affected } = await affectedOf(reference, customer)
  refuseClosed(breach)
  await decideFor(context, affected._id, ({ told }) => {
    if (isTold(told)) throw new Refused('breach-told-already')
    return leftOut(because)
  })
  await settleState(context, breach)
}

/** Nobody's data are affected: everybody is left out with the one reason, and the breach is recorded all the same (Art. 33(5)). */
export async function concludeNobody(context: Context, reference: string, because: string): Promise<void> {
  const breach = await breachOf(reference)
  mayConcludeNobody(breach, await countAffected(breach._id, { told: ['told', 'queued'] }))
  const count = await leaveOutUntold(context, breach, because)
  await moveTo(
    context,
    breach,
    {
      nobody: { because, at: context.now },
      state: breach.state === 'reported' ? 'assessing' : breach.state,
    },
    { event: 'breach.nobody-affected', facts: { leftOut: count }, personal: { because } },
  )
  await settleState(context, breach)
}

/** All that nobody has been told of, with the one reason. Returns how many. */
export async function leaveOutUntold(context: Context, breach: Breach, because: string): Promise<number> {
  const ids: string[] = []
  // Gathered first: what is left out is not among them any more.
  for await (const some of everyAffected(breach._id)) ids.push(...some.map(({ _id }) => _id))
  let count = 0
  for (const id of ids)
    if (await decideFor(context, id, ({ told }) => (isTold(told) ? null : leftOut(because)))) count += 1
  return count
}

function isTold(told: AffectedCustomer['told']): boolean {
  return told === 'told' || told === 'queued'
}

function leftOut(because: string) {
  return {
    change: { standing: 'left-out' as const, because },
    event: 'breach-customer.left-out',
    facts: {},
    personal: { because },
  }
}

/** Who called, when, with whom they spoke, and what came of it. "Told" counts as told. */
export async function registerCall(
  context: Context,
  reference: string,
  customer: string,
  call: Omit<Call, 'id' | 'by'>,
): Promise<void> {
  const { breach, affected } = await affectedOf(reference, customer)
  refuseEarly(breach, call.at)
  const { outcome, at, spokeWith, number, note } = call
  await decideFor(context, affected._id, (now) => {
    const change = called(now, { ...call, id: newId(), by: context.actor.id })
    return {
      change,
      event: outcome === 'told' ? 'breach-customer.told-by-call' : 'breach-customer.called',
      facts: {
        outcome,
        calledAt: at,
        ...(outcome === 'told' ? toldFacts(breach, { ...now, ...change }) : {}),
      },
      personal: { spokeWith, number, note },
    }
  })
  await settleState(context, breach)
}

/** Told by Digital Post, letter or otherwise: registered by staff with the time, and a file where there is one. */
export async function registerTold(
  context: Context,
  reference: string,
  customer: string,
  { how, at, file }: Pick<Registered, 'how' | 'at'> & { file: Upload | null },
): Promise<void> {
  const { breach, affected } = await affectedOf(reference, customer)
  refuseEarly(breach, at)
  const about = { kind: 'breach-customer', id: affected._id }
  const stored = file ? await storeFile(context, { ...file, about, sample: affected.sample }) : null
  await decideFor(context, affected._id, (now) => {
    const registered = { how, at, phase: breach.phases.length, file: stored?._id ?? null }
    const change = registeredAs(now, registered)
    return {
      change,
      event: 'breach-customer.told-otherwise',
      facts: { ...toldFacts(breach, { ...now, ...change }), how, at, file: registered.file },
    }
  })
  await settleState(context, breach)
}

/** Nobody was told before we knew. */
function refuseEarly(breach: Breach, at: Date): void {
  refuseClosed(breach)
  if (at.getTime() < breach.awareAt.getTime()) throw new Refused('breach-told-too-early')
}
