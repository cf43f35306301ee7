import type { Day } from '../../base/day.js'
import { danishSortKey, searcher } from '../../db/keys.js'
import {
  approvalsAsKnown,
  approvalsHeldOn,
  contentAsKnown,
  coversDay,
  engagementState,
  latestPerEngagement,
  tokensOnList,
  type Approval,
  type ChainLink,
  type ListRow,
  type ListSpan,
} from '../rules.js'
import { contractFrom, contractsOf, presentContract } from '../rules/contract.js'
import { approvalCountsAsKnown, approvalsOfAsKnown } from './approvals-known.js'
import {
  approvalCounts,
  approvalsToList,
  approvalsOfAll,
  approvedSince,
  engagementsEverApproved,
  type ApprovalCount,
} from './approvals.js'
import { belowEarlier, hangingBelow, linkOf } from './chain.js'
import { engagementsToList, type EngagementToList } from './engagement-rows.js'
import { standingStamp } from './relisting.js'
import { vendorsToList, type VendorToList } from './vendors.js'

/**
 * What the customer has approved on the day, as it stood that day: today's list and any past one are the same question.
 * `known`: as the register knew it at the end of that day; without it, as it knows it now, with corrections.
 */
export async function listOn(customer: string, day: Day, known?: Day): Promise<ListRow[]> {
  const approvals =
    known === undefined
      ? approvalsHeldOn(await approvalsToList(customer, day), day)
      : await approvalsOfAsKnown(customer, day, known)
  const held = heldOf(approvals, day)
  return rowsOf(held, await recordsOf(held), day, known)
}

/**
 * That list as it is known now, and everything that hung below its sub-processors on the day, these themselves among it;
 * `records`: of all of them; `gone`: what the list showed on that day and has been corrected away since.
 */
export async function listOnWithBelow(
  customer: string,
  day: Day,
): Promise<{ rows: ListRow[]; gone: ListRow[]; below: ChainLink[]; records: ListedRecords }> {
  const [approvals, stamp] = await Promise.all([approvalsOfAll([customer]), standingStamp()])
  const { now: held, before } = heldThenAndNow(approvals, day)
  const ids = [...new Set(held.map(({ engagement }) => engagement))]
  const further = await hangingBelow(ids, day, stamp)
  const records = new Map(await recordsOf([...held, ...further.map(({ _id }) => ({ engagement: _id }))]))
  const links = [
    ...ids.flatMap((id) => records.get(id)?.engagement ?? []).map((own) => linkOf(own, day)),
    ...further,
  ]
  const earlier = await belowEarlier(links, day, stamp)
  for (const [id, each] of await recordsOf(earlier.map(({ _id }) => ({ engagement: _id }))))
    records.set(id, each)
  const below = [...links, ...earlier].map((link) => ({
    ...link,
    order: records.get(link._id)?.vendor.sortKey ?? '',
  }))
  const lost = before.filter(({ engagement }) => !ids.includes(engagement))
  const gone = lost.length === 0 ? [] : rowsOf(lost, await recordsOf(lost), day, day)
  return { rows: rowsOf(held, records, day), gone, below, records }
}

/** The same day twice: as the list is known now, and as it was shown on that day. */
export async function listThenAndNow(
  customer: string,
  day: Day,
): Promise<{ now: ListRow[]; before: ListRow[] }> {
  const { now, before } = heldThenAndNow(await approvalsOfAll([customer]), day)
  const records = await recordsOf([...now, ...before])
  return { now: rowsOf(now, records, day), before: rowsOf(before, records, day, day) }
}

function heldThenAndNow(approvals: readonly Approval[], day: Day): { now: Held[]; before: Held[] } {
  const then = approvalsAsKnown(approvals, day).filter((approval) => coversDay(approval, day))
  return { now: heldOf(approvalsHeldOn(approvals, day), day), before: heldOf(then, day) }
}

/**
 * What any customer has approved on the day. By how many is not counted, since nobody reads that of thousands of rows at once:
 * `withCounts` does for those that are shown.
 */
export async function listForAll(day: Day, known?: Day): Promise<ListRow[]> {
  const held = await heldByAny(known === undefined ? undefined : await engagementsEverApproved(), day, known)
  return rowsOf(held, await recordsOf(held), day, known)
}

/** The sub-processors engaged for the service on the day and approved by any customer then. */
export async function listForService(service: string, day: Day, known?: Day): Promise<ListRow[]> {
  const all = (await engagementsEverApproved()).map((engagement) => ({ engagement }))
  const records = await recordsOf(all)
  const engaged = all.filter(({ engagement: id }) => {
    const record = records.get(id)
    return (
      record &&
      contentAsKnown(record.vendor, record.engagement, day, known).content.services.includes(service)
    )
  })
  const ids = engaged.map(({ engagement }) => engagement)
  return rowsOf(await heldByAny(ids, day, known), records, day, known)
}

/** Some of the rows of `listForAll`, with their counts; `counts`: as `approvalCounts` gives them of the day. */
export async function listOfThese(
  counts: ReadonlyMap<string, ApprovalCount>,
  spans: readonly Pick<ListSpan, 'engagement' | 'vendor'>[],
  day: Day,
): Promise<ListRow[]> {
  const held = [...counts].map(([engagement, count]) => heldByAll(engagement, count))
  const [engagements, vendors] = await Promise.all([
    engagementsToList(spans.map(({ engagement }) => engagement)),
    vendorsToList([...new Set(spans.map(({ vendor }) => vendor))]),
  ])
  return rowsOf(held, recordsAmong(engagements, vendors), day)
}

/** The rows with by how many customers each is approved on the day. */
export async function withCounts(rows: readonly ListRow[], day: Day): Promise<ListRow[]> {
  const counts = await approvalCounts(
    day,
    rows.map(({ engagement }) => engagement),
  )
  return rows.map((row) => {
    const { customers = row.customers, capped = row.capped } = counts.get(row.engagement) ?? {}
    return { ...row, customers, capped }
  })
}

async function heldByAny(engagements: readonly string[] | undefined, day: Day, known?: Day): Promise<Held[]> {
  const counts =
    known === undefined || engagements === undefined
      ? await anyHolding(day, engagements)
      : await approvalCountsAsKnown(day, known, engagements)
  return [...counts].map(([engagement, count]) => heldByAll(engagement, count))
}

function heldByAll(engagement: string, count: ApprovalCount): Held {
  return { engagement, ...count, kind: null, notice: null, corrections: [], enteredOn: null }
}

/** One customer at least, and maybe more. */
async function anyHolding(day: Day, engagements?: readonly string[]) {
  const all = await approvedSince(day)
  const asked = engagements && new Set(engagements)
  return [...all].flatMap(([engagement, from]) =>
    asked && !asked.has(engagement) ? [] : [[engagement, { customers: 1, capped: true, from }] as const],
  )
}

/** Those rows that a search finds, as the list of all customers together would. */
export function rowsMatching(rows: readonly ListRow[], search: string): ListRow[] {
  if (search === '') return [...rows]
  const finds = searcher(search)
  return rows.filter(({ reference, vendorReference, content }) =>
    finds(tokensOnList(content, reference, vendorReference)),
  )
}

type Held = Pick<
  ListRow,
  'engagement' | 'kind' | 'notice' | 'customers' | 'capped' | 'corrections' | 'enteredOn'
> & { from: Day }

function heldOf(approvals: readonly Approval[], day: Day): Held[] {
  return latestPerEngagement(approvals).map(
    ({ engagement, from, kind, notice, corrections = [], recordedOn }) => ({
      engagement,
      from,
      kind,
      notice,
      customers: 1,
      capped: false,
      corrections,
      enteredOn: recordedOn !== undefined && recordedOn > day ? recordedOn : null,
    }),
  )
}

/** By the engagement's id. */
export type ListedRecords = ReadonlyMap<string, { engagement: EngagementToList; vendor: VendorToList }>

async function recordsOf(held: readonly { engagement: string }[]): Promise<ListedRecords> {
  const engagements = await engagementsToList([...new Set(held.map(({ engagement }) => engagement))])
  const vendors = await vendorsToList([...new Set(engagements.map(({ vendor }) => vendor))])
  return recordsAmong(engagements, vendors)
}

export function recordsAmong(
  engagements: readonly EngagementToList[],
  among: readonly VendorToList[],
): ListedRecords {
  const vendors = new Map(among.map((vendor) => [vendor._id, vendor]))
  return new Map(
    engagements.flatMap((engagement) => {
      const vendor = vendors.get(engagement.vendor)
      return vendor ? [[engagement._id, { engagement, vendor }] as const] : []
    }),
  )
}

function rowsOf(held: readonly Held[], records: ListedRecords, day: Day, known?: Day): ListRow[] {
  const rows = held.flatMap(({ engagement: id, from, corrections, ...rest }): ListRow[] => {
    const record = records.get(id)
    if (!record) return []
    const { engagement, vendor } = record
    const { content, corrections: ofContent } = contentAsKnown(vendor, engagement, day, known)
    return [
      {
        ...rest,
        engagement: id,
        reference: engagement.reference,
        vendor: vendor._id,
        vendorReference: vendor.reference,
        ...(engagement.continues === undefined ? {} : { continues: engagement.continues }),
        content,
        state: engagementState(engagement, rest.customers, day),
        inUse: engagement.inUse,
        contract: contractFrom(presentContract(contractsOf(engagement), day)),
        approvedFrom: from,
        corrections: [...ofContent, ...corrections],
        sample: engagement.sample,
      },
    ]
  })
  const key = new Map(rows.map((row) => [row, danishSortKey(row.content.vendorName)]))
  return rows.toSorted((a, b) => {
    const [left, right] = [`${key.get(a)}\u0000${a.reference}`, `${key.get(b)}\u0000${b.reference}`]
    return left < right ? -1 : left > right ? 1 : 0
  })
}
