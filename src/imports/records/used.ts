import type { Model } from 'mongoose'
import type { Moved } from '../../db/moves.js'
import { Copies } from '../../audits/records/copies.js'
import { Links } from '../../auth/records/links.js'
import { BreachCustomers } from '../../breaches/records/affected.js'
import { Breaches } from '../../breaches/records/breaches.js'
import { Departures } from '../../departures/records.js'
import { Findings } from '../../findings/records.js'
import { Instructions } from '../../instructions/records/instructions.js'
import { Recipients } from '../../notices/records/recipients.js'
import { Objections } from '../../objections/records.js'
import { CampaignParts } from '../../questionnaires/records/campaigns.js'
import { Questionnaires } from '../../questionnaires/records/questionnaires.js'
import { EngagementModel } from '../../register/records.js'
import { ApprovalModel } from '../../register/records/approval-schema.js'
import { Requests } from '../../requests/records/requests.js'
import { Statements } from '../../statements/records.js'
import { Folders } from '../../supervision-folder/records.js'
import { Supervisions } from '../../supervision/records/supervisions.js'
import { AffectedCustomers, UseCases } from '../../unpermitted-use/records.js'
import { UpstreamNotices } from '../../upstream/records.js'
import type { CreatedKind } from '../rules/import.js'

type Uses = readonly (readonly [Pick<Model<never>, 'distinct'>, string])[]

const usesOf = (...uses: (readonly [unknown, string])[]) => uses as unknown as Uses

/** The duties that refer to a record, each by an index of its own. A room that comes to refer to one is added here. */
const uses: Record<CreatedKind, Uses> = {
  vendor: usesOf(
    [Findings, 'vendor'],
    [Statements, 'vendor'],
    [Questionnaires, 'vendor'],
    [CampaignParts, 'vendor'],
    [Supervisions, 'vendor'],
    [Breaches, 'vendor'],
    [UpstreamNotices, 'vendor'],
  ),
  engagement: usesOf(
    [Findings, 'engagements'],
    [Questionnaires, 'engagements'],
    [Supervisions, '_id'],
    [UseCases, 'engagement'],
    [Departures, 'engagement'],
    [Instructions, 'engagement'],
    [UpstreamNotices, 'engagements'],
  ),
  customer: usesOf(
    [Requests, 'customer'],
    [BreachCustomers, 'customer'],
    [Departures, 'customer'],
    [Instructions, 'customer'],
    [AffectedCustomers, 'customer'],
    [Objections, 'customer'],
    [Folders, 'customer'],
    [Copies, 'customer'],
  ),
}

/** Which of them a duty refers to: a finding, a breach, a questionnaire, a request … */
export async function usedAmong(kind: CreatedKind, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const found = await Promise.all(
    uses[kind].map(([model, field]) =>
      model.distinct(field as never, { [field]: { $in: [...ids] } } as never),
    ),
  )
  return found.flat() as string[]
}

/** The customers that a duty or a notice has had to do with since then, that approved something, or got a link to a page. */
export async function customersUsedSince(ids: readonly string[], since: Date): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const those = { customer: { $in: [...ids] } }
  // Of that day at the earliest, wherever we are.
  const day = new Date(since.getTime() - 86_400_000).toISOString().slice(0, 10)
  const found = await Promise.all([
    ...[...uses.customer.map(([model]) => model), Recipients, Links].map((model) =>
      (model as unknown as Model<Moved & { customer: string }>).distinct('customer', {
        ...those,
        'moves.at': { $gte: since },
      }),
    ),
    ApprovalModel.distinct('customer', { ...those, recordedOn: { $gte: day } }),
  ])
  return new Set(found.flat())
}

export type Tied = { _id: string; version: number; vendor: string; parent: string | null; continues?: string }

/** The engagements themselves, and those that hang below them or continue them. */
export async function engagementsTiedTo(ids: readonly string[]): Promise<Tied[]> {
  const fields = { version: 1, vendor: 1, parent: 1, continues: 1 }
  const found = await Promise.all(
    ['_id', 'parent', 'continues'].map((field) =>
      EngagementModel.find({ [field]: { $in: [...ids] } }, fields).lean<Tied[]>(),
    ),
  )
  return [...new Map(found.flat().map((each) => [each._id, each])).values()]
}
