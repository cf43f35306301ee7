import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { decisionById, DecisionModel, insertDecision, type Decision } from '../records.js'
import {
  afterLeaving,
  holdsOn,
  isEea,
  newMembership,
  type CountryCode,
  type Leaving,
  type MembershipInput,
} from '../rules.js'
import { lawNow } from './law.js'
import { asSeen, moved, plain, staffOf, type WhichDecision } from './moved.js'

/** The state's entry in the EEA. It must not be in it on that day already. */
export async function addMembership(
  context: Context,
  country: CountryCode,
  input: MembershipInput,
): Promise<Decision> {
  const decision = newMembership(country, input, context.today, staffOf(context))
  if (isEea(await lawNow(), country, input.from)) throw new Refused('member-already')
  const created = await insertDecision(
    { _id: newId(), ...decision },
    { at: context.now, by: context.actor, event: 'decision.added', facts: plain(decision) },
  )
  await record(DecisionModel, created)
  return created
}

/** `afterLeaving`: what the membership is from then on. */
export async function endMembership(
  context: Context,
  which: WhichDecision,
  leaving: Leaving & { because: string },
): Promise<Decision> {
  const decision = await asSeen(which)
  if (decision.kind !== 'membership') throw new NotFound()
  if (decision.ended !== null) throw new Refused('decision-already-ended')
  if (leaving.lastDay < decision.from) throw new Refused('decision-ends-before-it-began')
  const checked = { on: context.today, by: staffOf(context) }
  const set = { ...afterLeaving(decision, leaving), checked }
  return moved(context, decision, set, 'decision.ended', leaving.because)
}

/** Every membership that may still change has been compared with its source today, and nothing has changed. */
export async function checkMemberships(context: Context): Promise<number> {
  const { decisions } = await lawNow()
  const open = decisions.filter(
    (each) => each.kind === 'membership' && holdsOn(each, context.today) && each.checked.on < context.today,
  )
  const checked = { on: context.today, by: staffOf(context) }
  for (const { _id } of open) {
    const decision = await decisionById(_id)
    if (decision) await moved(context, decision, { checked }, 'decision.checked')
  }
  return open.length
}
