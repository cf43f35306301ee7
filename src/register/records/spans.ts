/** Rows of the list of all customers together, found by day. They must be up to date: see `bringListsUpToDate`. */
import { model, Schema, type QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { cappedCount, pageAfter, type Page } from '../../db/paging.js'
import { searchConditions } from '../../db/search.js'
import type { ListSpan } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'

const schema = new Schema(
  {
    _id: { type: String, required: true },
    engagement: { type: String, required: true },
    vendor: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, default: null },
    days: [String],
    sortKey: { type: String, required: true },
    tokens: [String],
    keys: [String],
    reference: { type: String, required: true },
    name: { type: String, default: '' },
    where: { type: Schema.Types.Mixed, required: true },
    reads: { type: String, required: true },
    correctedOn: { type: String, default: null },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
// Nearly every row covers nearly every day, so a day's are found along the order they are shown in.
schema.index({ sortKey: 1, _id: 1, from: 1, to: 1 })
schema.index({ keys: 1, sortKey: 1, _id: 1, from: 1, to: 1 })
schema.index({ tokens: 1, sortKey: 1, _id: 1, from: 1, to: 1 })
schema.index({ days: 1, engagement: 1 })
schema.index({ engagement: 1, from: 1, to: 1 })
schema.index({ vendor: 1 })
schema.index({ sample: 1 })
// Only what was ever corrected is in it.
schema.index(
  { correctedOn: 1, from: 1, to: 1 },
  { partialFilterExpression: { correctedOn: { $type: 'string' } } },
)
export const ListSpans = model<ListSpan>('list-span', schema as unknown as Schema<ListSpan>)

/** What of the list is asked for; empty texts ask for nothing. */
export type SpanFilter = { service?: string | undefined; search: string; country: string }

export async function spanPage(
  day: Day,
  filter: SpanFilter,
  cursor: string | undefined,
  size: number,
): Promise<Page<Pick<ListSpan, 'engagement' | 'vendor'>>> {
  const fields = { engagement: 1, vendor: 1, sortKey: 1 } as const
  return pageAfter(ListSpans, matching(day, filter), { field: 'sortKey', direction: 1 }, cursor, size, {
    fields,
  })
}

export async function countSpans(day: Day, filter: SpanFilter): Promise<{ count: number; capped: boolean }> {
  return cappedCount(ListSpans, matching(day, filter))
}

export async function anySpan(day: Day, service: string | undefined): Promise<boolean> {
  return (await ListSpans.exists(matching(day, { service, search: '', country: '' }))) !== null
}

export type SpanMapped = Pick<ListSpan, '_id' | 'engagement' | 'reference' | 'name' | 'where' | 'keys'>

/** What a map of the whole list is drawn of, in the order of the list. */
export async function spansMapped(day: Day, filter: SpanFilter): Promise<SpanMapped[]> {
  return ListSpans.find(matching(day, filter), { engagement: 1, reference: 1, name: 1, where: 1, keys: 1 })
    .sort({ sortKey: 1, _id: 1 })
    .lean<SpanMapped[]>()
}

/** Whether anything on the list of the day was corrected, or was after another day. */
export async function anyCorrected(day: Day, service: string | undefined, after: Day = ''): Promise<boolean> {
  const found = await ListSpans.exists({
    // Named as the index names it, which holds nothing else.
    correctedOn: { $type: 'string', $gt: after },
    ...covering(day),
    ...(service === undefined ? {} : { keys: `service:${service}` }),
  })
  return found !== null
}

/** The engagements of which a row begins, ends or reads otherwise after one day and no later than another. */
export async function engagementsTurning({ after, until }: { after: Day; until: Day }): Promise<string[]> {
  return ListSpans.distinct('engagement', { days: { $gt: after, $lte: until } })
}

export type SpanRow = Pick<ListSpan, '_id' | 'engagement' | 'vendor' | 'sortKey' | 'reads'>

/** Of these engagements the rows of the day, in the order of the list. */
export async function spanRows(
  engagements: readonly string[],
  day: Day,
  service: string | undefined,
): Promise<SpanRow[]> {
  const rows = await ListSpans.find(
    { engagement: { $in: [...engagements] }, ...covering(day) },
    { engagement: 1, vendor: 1, sortKey: 1, reads: 1, keys: 1 },
  ).lean<(SpanRow & Pick<ListSpan, 'keys'>)[]>()
  return rows
    .filter(({ keys }) => service === undefined || keys.includes(`service:${service}`))
    .toSorted((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
}

/** The days of all approvals of these engagements, each pair of days once, by engagement; the whole answer from an index. */
export async function approvalDays(
  engagements: readonly string[],
): Promise<Map<string, { from: Day; to: Day | null }[]>> {
  const found = await ApprovalModel.aggregate<{ _id: { engagement: string; from: Day; to?: Day | null } }>([
    { $match: { engagement: { $in: [...engagements] } } },
    { $group: { _id: { engagement: '$engagement', from: '$from', to: '$to' } } },
  ])
  const days = new Map<string, { from: Day; to: Day | null }[]>()
  for (const { _id } of found) {
    const { engagement, from, to } = _id
    days.set(engagement, [...(days.get(engagement) ?? []), { from, to: to ?? null }])
  }
  return days
}

function matching(day: Day, { service, search, country }: SpanFilter): QueryFilter<ListSpan> {
  const keys = [
    ...(service === undefined ? [] : [`service:${service}`]),
    ...(country === '' ? [] : [`country:${country}`]),
  ]
  const asked: QueryFilter<ListSpan>[] = [
    ...keys.map((key) => ({ keys: key })),
    ...searchConditions<ListSpan>('tokens', search),
  ]
  // The bound keeps it on the index that has the order.
  return { sortKey: { $gte: '' }, ...covering(day), ...(asked.length === 0 ? {} : { $and: asked }) }
}

function covering(day: Day): { from: { $lte: Day }; to: { $not: { $lte: Day } } } {
  return { from: { $lte: day }, to: { $not: { $lte: day } } }
}
