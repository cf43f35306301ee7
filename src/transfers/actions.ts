import { record, recordEvent } from '../audit-log/actions.js'
import type { Context } from '../base/context.js'
import type { Day } from '../base/day.js'
import { NotFound, Refused } from '../base/errors.js'
import { newId } from '../base/ids.js'
import {
  allDecisions,
  decisionById,
  DecisionModel,
  insertDecision,
  insertShipped,
  moveDecision,
  type Decision,
  type DecisionChange,
} from './records.js'
import {
  countryOf,
  endOf,
  holdsOn,
  isEea,
  shippedDecisions,
  withScope,
  type DecisionContent,
  type Ending,
  type Law,
  type Scope,
} from './rules.js'

export type { Decision } from './records.js'

/** The decision as the person saw it. */
export type WhichDecision = { id: string; version: number }

/**
 * The law as it is on record, for one request or one timer run; rules take it as a value. What is shipped and not there yet
 * (a new installation, a new release) is taken in first.
 */
export async function lawNow(): Promise<Law> {
  const decisions = await allDecisions()
  const known = new Set(decisions.map(({ _id }) => _id))
  const missing = shippedDecisions.filter(({ _id }) => !known.has(_id))
  if (missing.length === 0) return { decisions }
  await insertShipped(missing)
  return { decisions: await allDecisions() }
}

/** At the start: takes in what this release ships and the collection lacks, and says so in the log. */
export async function takeInShippedLaw(context: Context): Promise<number> {
  const known = new Set((await allDecisions()).map(({ _id }) => _id))
  const missing = shippedDecisions.filter(({ _id }) => !known.has(_id))
  const added = await insertShipped(missing)
  if (added > 0)
    await recordEvent(
      context,
      'decision.shipped',
      { kind: 'decision', id: 'shipped' },
      {
        decisions: missing.map(({ _id }) => _id),
      },
    )
  return added
}

export async function decisionAsked(id: string): Promise<Decision> {
  await lawNow()
  const decision = await decisionById(id)
  if (!decision) throw new NotFound()
  return decision
}

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
  if (isEea(country)) throw new Refused('decision-within-eea')
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

/** Puts right what was entered wrongly. What ended or was narrowed by a ruling is entered as such, with its day. */
export async function correctDecision(
  context: Context,
  which: WhichDecision,
  input: DecisionInput & { ended: Ending | null; because: string },
): Promise<Decision> {
  const { scope, because, sourceUrl, ...content } = input
  const decision = await asSeen(which)
  const ended = input.ended && { ...decision.ended, ...input.ended }
  const last = decision.scopes.at(-1)
  const from = decision.scopes.length > 1 && last ? last.from : content.from
  const set: DecisionChange = {
    ...content,
    ended,
    ...(decision.kind === 'adequacy'
      ? { scopes: [...decision.scopes.slice(0, -1), { ...last, from, ...scope } as Scope] }
      : {}),
    sourceUrl,
  }
  return moved(context, decision, set, 'decision.corrected', because)
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

async function moved(
  context: Context,
  decision: Decision,
  set: DecisionChange,
  event: string,
  because?: string,
  more: Record<string, unknown> = {},
): Promise<Decision> {
  const before = Object.fromEntries(
    Object.keys(set).map((key) => [key, decision[key as keyof DecisionContent] ?? null]),
  )
  const after = await moveDecision(decision._id, decision.version, set, {
    at: context.now,
    by: context.actor,
    event,
    facts: { ...more, before, after: plain(set) },
    ...(because === undefined ? {} : { personal: { because } }),
  })
  if (!after) throw new Refused('changed-meanwhile')
  await record(DecisionModel, after)
  return after
}

async function asSeen({ id, version }: WhichDecision): Promise<Decision> {
  const decision = await decisionAsked(id)
  if (decision.version !== version) throw new Refused('changed-meanwhile')
  return decision
}

/** Decisions are public law: nothing in them is personal but who checked them, which is an id. */
function plain(values: DecisionChange): Record<string, unknown> {
  return JSON.parse(JSON.stringify(values)) as Record<string, unknown>
}

function staffOf({ actor }: Context): string | null {
  return actor.kind === 'staff' ? actor.id : null
}
