import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { DecisionModel, type Decision, type DecisionChange } from '../records.js'
import type { DecisionContent } from '../rules.js'
import { decisionAsked } from './law.js'

/** The decision as the person saw it. */
export type WhichDecision = { id: string; version: number }

export async function moved(
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
  const { sourceUrl, ...rest } = set
  return mustMove(
    context,
    DecisionModel,
    decision,
    { ...rest, ...(sourceUrl ? { sourceUrl } : {}) },
    {
      event,
      facts: { ...more, before, after: plain(set) },
      ...(because === undefined ? {} : { personal: { because } }),
    },
    sourceUrl === null ? ['sourceUrl'] : [],
  )
}

export async function asSeen({ id, version }: WhichDecision): Promise<Decision> {
  const decision = await decisionAsked(id)
  if (decision.version !== version) throw new Refused('changed-meanwhile')
  return decision
}

/** Decisions are public law: nothing in them is personal but who checked them, which is an id. */
export function plain(values: DecisionChange): Record<string, unknown> {
  return JSON.parse(JSON.stringify(values)) as Record<string, unknown>
}

export function staffOf({ actor }: Context): string | null {
  return actor.kind === 'staff' ? actor.id : null
}
