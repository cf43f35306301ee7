import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { lawNow } from '../../transfers/actions.js'
import {
  askedRecords,
  completeByLook,
  countWork,
  engagementByReference,
  EngagementModel,
  linkedNow,
  listsUpToDate,
  lackingVendors,
  whileListsStand,
  wholeTally,
  workIds,
} from '../records.js'
import {
  isStale,
  misplacedIn,
  missingFields,
  slicesOf,
  vendorsFields,
  workKeys,
  workSections,
  type AskedRecord,
  type Engagement,
  type MissingField,
  type RegisterTally,
  type WorkFilter,
} from '../rules.js'
import type { Which } from './services.js'

/** How much of the register is complete today. */
export async function completenessNow(today: Day): Promise<RegisterTally> {
  return completenessAt(await listsUpToDate(today))
}

/** `stamp`: of entries that are up to date. */
export async function completenessAt(stamp: string | null): Promise<RegisterTally> {
  return whileListsStand(stamp, 'tally', wholeTally)
}

async function askedOn(ids: readonly string[], day: Day): Promise<AskedRecord[]> {
  return askedRecords(ids, { law: await lawNow(), day })
}

export type Worklist = {
  /** Engagements that lack something, as far as the filter asks. */
  count: number
  /** How many lack each fact, whatever single fact the filter asks for. */
  byField: Map<MissingField, number>
  misplaced: number
}

export async function worklist(filter: WorkFilter, today: Day): Promise<Worklist> {
  const [count, links, ...counts] = await Promise.all([
    countWork('engagements', workKeys(filter)),
    linkedNow(today),
    ...missingFields.map((field) => countWork('engagements', workKeys({ ...filter, field }))),
  ])
  return {
    count,
    byField: new Map(missingFields.map((field, place) => [field, counts[place] ?? 0])),
    misplaced: misplacedIn(links),
  }
}

/** One page of the engagements that lack something. */
export async function workPage(
  filter: WorkFilter,
  today: Day,
  skip: number,
  size: number,
): Promise<AskedRecord[]> {
  const sections = workSections(filter)
  const counts = await Promise.all(sections.map((keys) => countWork('engagements', keys)))
  const slices = slicesOf(counts, skip, size)
  const ids = await Promise.all(
    sections.map((keys, place) =>
      workIds('engagements', keys, slices[place]?.skip ?? 0, slices[place]?.limit ?? 0),
    ),
  )
  return askedOn(ids.flat(), today)
}

/** Those that lack one fact: vendors once each where the fact is theirs. */
export type FieldWork = {
  field: MissingField
  count: number
  vendors: { reference: string; name: string }[]
  records: AskedRecord[]
}

export async function workOfField(
  filter: WorkFilter,
  field: MissingField,
  today: Day,
  skip: number,
  size: number,
): Promise<FieldWork> {
  const keys = workKeys({ ...filter, field })
  const of = vendorsFields.includes(field) ? 'vendors' : 'engagements'
  const [count, ids] = await Promise.all([countWork(of, keys), workIds(of, keys, skip, size)])
  return {
    field,
    count,
    vendors: of === 'vendors' ? await lackingVendors(ids) : [],
    records: of === 'engagements' ? await askedOn(ids, today) : [],
  }
}

/** Complete sub-processors nobody has looked over for a year, longest ago first. */
export async function staleWork(
  zone: string,
  today: Day,
  skip: number,
  size: number,
): Promise<{ count: number; rows: { record: AskedRecord; lookedOver: Day | null }[] }> {
  const stale = (await completeByLook(zone)).filter(
    ({ lookedOver }) => lookedOver === null || isStale(lookedOver, today),
  )
  const shown = stale.slice(skip, skip + size)
  const days = new Map(shown.map(({ _id, lookedOver }) => [_id, lookedOver]))
  const records = await askedOn([...days.keys()], today)
  return {
    count: stale.length,
    rows: records.map((each) => ({ record: each, lookedOver: days.get(each._id) ?? null })),
  }
}

/** Somebody has looked the record over and found it right: it is fresh for another year, and the history says who said so. */
export async function lookOver(context: Context, { reference, version }: Which): Promise<Engagement> {
  const engagement = await engagementByReference(reference)
  if (!engagement) throw new NotFound()
  if (engagement.endedOn !== null) throw new Refused('engagement-already-ended')
  const said = { event: 'engagement.looked-over', facts: { on: context.today } }
  return mustMove(context, EngagementModel, { _id: engagement._id, version }, {}, said)
}
