import { historyOf, type HistoryEntry } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { engagementByReference, vendorsByIds } from '../../register/actions.js'
import type { Engagement, Vendor } from '../../register/rules.js'
import { supervisionOf, type Supervision } from '../records.js'
import {
  changedSince,
  pointsOf,
  proposeAnswers,
  type EngagementYear,
  type Model,
  type Parameter,
  type Points,
  type Proposal,
  type RegisterFacts,
  type Score,
} from '../rules.js'
import { yearOf } from './year.js'
import { models } from './model.js'
import { factsOf } from './score.js'

export type ShownSupervision = {
  engagement: Engagement
  vendor: Vendor
  supervision: Supervision | null
  /** The last one confirmed. */
  score: Score | null
  facts: RegisterFacts
  proposal: Proposal
  /** What the proposal comes to with the present model. */
  proposed: { points: Points; total: number; band: Score['band'] }
  /** What of the register has changed since the score was confirmed. */
  changed: Parameter[]
  /** The present one first. */
  models: Model[]
  /** Null where nothing is owed that year. */
  year: EngagementYear | null
  history: HistoryEntry[]
}

/** How one engagement is supervised, and what it owes in a year. */
export async function supervisionToShow(
  context: Context,
  reference: string,
  year: number,
): Promise<ShownSupervision> {
  const engagement = await engagementByReference(reference)
  if (!engagement || engagement.role !== 'sub-processor' || engagement.parent !== null) throw new NotFound()
  const [[vendor], supervision, versions, rows, history] = await Promise.all([
    vendorsByIds([engagement.vendor]),
    supervisionOf(engagement._id),
    models(),
    yearOf(context, year, { vendor: engagement.vendor }),
    historyOf('supervision', engagement._id),
  ])
  const [model] = versions
  if (!vendor || !model) throw new NotFound()
  const score = supervision?.scores.at(-1) ?? null
  const facts = factsOf(engagement)
  const proposal = proposeAnswers(facts, score)
  return {
    engagement,
    vendor,
    supervision,
    score,
    facts,
    proposal,
    proposed: pointsOf(proposal.answers, model),
    changed: score ? changedSince(score, facts) : [],
    models: versions,
    year:
      rows.flatMap(({ engagements }) => engagements).find((each) => each.engagement.id === engagement._id) ??
      null,
    history,
  }
}
