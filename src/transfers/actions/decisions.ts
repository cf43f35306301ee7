import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { DecisionModel, insertDecision, type Decision, type DecisionChange } from '../records.js'
import {
  countryOf,
  endOf,
  holdsOn,
  isEea,
  lawWith,
  withScope,
  type DecisionContent,
  type DecisionFacts,
  type Ending,
  type Law,
  type Scope,
} from '../rules.js'
import { lawNow } from './law.js'
import { asSeen, moved, plain, staffOf, type WhichDecision } from './moved.js'

export type DecisionInput = Pick<
  DecisionContent,
  'number' | 'name' | 'from' | 'until' | 'source' | 'note'
> & {
  sourceUrl: string | null
  scope: Omit<Scope, 'from'>
}

export async function addDecision(
  context: Context,
  country: string,
  input: DecisionInput,
): Promise<Decision> {
  const known = countryOf(country)
  if (!known) throw new NotFound()
  if (isEea(await lawNow(), country, input.from)) throw new Refused('decision-within-eea')
  const { scope, sourceUrl, ...content } = input
  const decision: DecisionContent = {
    kind: 'adequacy',
    country,
    ...content,
    ...(sourceUrl === null ? {} : { sourceUrl }),
    ended: null,
    scopes: [{ from: content.from, ...scope }],
    checked: { on: context.today, by: staffOf(context) },
  }
  const created = await insertDecision(
    { _id: newId(), ...decision },
    {
      at: context.now,
      by: context.actor,
      event: 'decision.added',
      facts: plain(decision),
    },
  )
  await record(DecisionModel, created)
  return created
}

/** `scopeFrom`: of a decision that was narrowed, the day of that; `notNarrowed`: it never was. */
export type DecisionCorrection = DecisionInput & {
  ended: Ending | null
  scopeFrom: Day | null
  notNarrowed: boolean
  because: string
}

/** Puts right what was entered wrongly. What ended or was narrowed by a ruling is entered as such, with its day. */
export async function correctDecision(
  context: Context,
  which: WhichDecision,
  input: DecisionCorrection,
): Promise<Decision> {
  const decision = await asSeen(which)
  const set = correctedTo(decision, input)
  const days = (set.scopes ?? []).map(({ from }) => from)
  if (days.some((from, place) => place > 0 && from <= (days[place - 1] ?? '')))
    throw new Refused('decision-ends-before-it-began')
  return moved(context, decision, set, 'decision.corrected', input.because)
}

function correctedTo(decision: DecisionFacts, input: DecisionCorrection) {
  const { number, name, from, until, source, note, sourceUrl } = input
  const ended = input.ended && { ...decision.ended, ...input.ended }
  const scopes =
    decision.kind === 'adequacy'
      ? { scopes: scopesCorrected(decision, input) }
      : // What never left has no transition either.
        decision.kind === 'membership' && ended === null
        ? { scopes: [] }
        : {}
  return { number, name, from, until, source, note, ended, ...scopes, sourceUrl } satisfies DecisionChange
}

function scopesCorrected(
  { scopes }: DecisionFacts,
  { from, scope, scopeFrom, notNarrowed }: DecisionCorrection,
): Scope[] {
  const last = scopes.at(-1)
  if (scopes.length <= 1 || !last) return [{ from, ...scope }]
  const earlier = scopes.slice(0, -1).map((each, place) => (place === 0 ? { ...each, from } : each))
  // What is not typed any more is not kept, such as that only those on a list are covered; who narrowed it is not typed.
  const by = last.by === undefined ? {} : { by: last.by }
  return notNarrowed ? earlier : [...earlier, { from: scopeFrom ?? last.from, ...by, ...scope }]
}

/**
 * From when a correction changes what holds: it ends on another day, begins on another, or covers less or more. Null where only
 * words change.
 */
export function correctionHoldsFrom(
  decision: DecisionFacts,
  input: DecisionCorrection,
  today: Day,
): Day | null {
  const { sourceUrl: _sourceUrl, ...set } = correctedTo(decision, input)
  const after: DecisionFacts = { ...decision, ...set }
  const [was, is] = [endOf(decision), endOf(after)]
  if (was !== is) return is ?? today
  const covers = ({ from, scopes }: DecisionFacts) =>
    JSON.stringify([from, scopes.map((scope) => [scope.from, scope.limited, scope.requiresListing ?? null])])
  if (covers(decision) === covers(after)) return null
  return after.scopes.length > 1 ? (after.scopes.at(-1)?.from ?? today) : today
}

/** The law with the decision as it would be after the correction. */
export function lawIfCorrected(law: Law, decision: DecisionFacts, input: DecisionCorrection): Law {
  const { sourceUrl: _sourceUrl, ...set } = correctedTo(decision, input)
  return lawWith(law, { ...decision, ...set })
}

/** Compared with its source today, and nothing has changed. */
export async function checkDecision(context: Context, which: WhichDecision): Promise<Decision> {
  const decision = await asSeen(which)
  const checked = { on: context.today, by: staffOf(context) }
  return moved(context, decision, { checked }, 'decision.checked')
}

/** `ended.on` is the first day it no longer holds. */
export async function endDecision(
  context: Context,
  which: WhichDecision,
  { ended, source, because }: { ended: Ending; source: string; because: string },
): Promise<Decision> {
  const decision = await asSeen(which)
  if (decision.ended !== null) throw new Refused('decision-already-ended')
  if (ended.on <= decision.from) throw new Refused('decision-ends-before-it-began')
  const checked = { on: context.today, by: staffOf(context) }
  const whole = { ...ended, source }
  return moved(context, decision, { ended: whole, checked }, 'decision.ended', because)
}

/** From the scope's day on it covers no more than that. */
export async function limitDecision(
  context: Context,
  which: WhichDecision,
  { scope, source, because }: { scope: Scope; source: string; because: string },
): Promise<Decision> {
  const decision = await asSeen(which)
  if (!mayStillChange(decision, scope.from)) throw new Refused('decision-already-ended')
  const checked = { on: context.today, by: staffOf(context) }
  const scopes = withScope(decision.scopes, scope)
  return moved(context, decision, { scopes, checked }, 'decision.limited', because, { source })
}

function mayStillChange(decision: Decision, from: Day): boolean {
  return holdsOn(decision, from) || (endOf(decision) === null && from > decision.from)
}
