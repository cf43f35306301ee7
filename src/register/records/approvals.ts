import type { Day } from '../../base/day.js'
import type { Approval, ApprovalKind } from '../rules.js'
import { ApprovalModel } from './approval-schema.js'

/** A customer's approvals that cover the day. */
export async function approvalsOf(customer: string, day: Day): Promise<Approval[]> {
  return ApprovalModel.find({ customer, ...covering(day) }).lean<Approval[]>()
}

/** These, and those that the register said of the day before they were corrected. */
export async function approvalsToList(customer: string, day: Day): Promise<Approval[]> {
  const corrected = { lateFrom: { $lte: day }, lateUntil: { $gt: day } }
  return ApprovalModel.find({ customer, $or: [covering(day), corrected] }).lean<Approval[]>()
}

/** Every approval of these customers, past and to come. */
export async function approvalsOfAll(customers: readonly string[]): Promise<Approval[]> {
  return ApprovalModel.find({ customer: { $in: customers } }).lean<Approval[]>()
}

/** The notices by which each engagement came or went after one day and no later than another, of one customer or of all. */
export async function noticesBetween(
  engagements: readonly string[],
  { after, until }: { after: Day; until: Day },
  customer?: string,
): Promise<Map<string, string[]>> {
  const within = { $gt: after, $lte: until }
  const found = await Promise.all(
    engagements.map(async (engagement) => {
      const those = { engagement, ...(customer === undefined ? {} : { customer }) }
      const [begun, ended] = await Promise.all([
        ApprovalModel.distinct('notice', { ...those, from: within }),
        ApprovalModel.distinct('endedBy', { ...those, to: within }),
      ])
      const notices = [...begun, ...ended].filter((notice) => notice !== null)
      return [engagement, [...new Set(notices)].toSorted()] as const
    }),
  )
  return new Map(found)
}

/** Ids of the customers that have any of the engagements approved on the day. */
export async function customersApproving(engagements: readonly string[], day: Day): Promise<string[]> {
  return ApprovalModel.distinct('customer', { engagement: { $in: [...engagements] }, ...covering(day) })
}

/** How many customers have the engagement approved on the day. */
export async function countApproved(engagement: string, day: Day): Promise<number> {
  const [counted] = await ApprovalModel.aggregate<{ count: number }>([
    { $match: { engagement, ...covering(day) } },
    { $group: { _id: '$customer' } },
    { $count: 'count' },
  ])
  return counted?.count ?? 0
}

/** Whether any customer accepted it with its list at signing and has it approved on the day. */
export async function isInBaseline(engagement: string, day: Day): Promise<boolean> {
  return (await ApprovalModel.exists({ engagement, kind: 'baseline', ...covering(day) })) !== null
}

const kindsByNotice = ['no-objection', 'approved', 'consent'] as const satisfies readonly ApprovalKind[]

/** Whether any customer came to have it approved by a notice: then each has it from a day of its own. */
export async function isToldByNotice(engagement: string): Promise<boolean> {
  return (await ApprovalModel.exists({ engagement, kind: { $in: [...kindsByNotice] } })) !== null
}

/** Whether any customer has the engagement approved on the day or from a later one: then a change of it is no correction. */
export async function isApprovedFrom(engagement: string, day: Day): Promise<boolean> {
  return isAnyApproved([engagement], day)
}

/** Ids of the customers that have it approved on the day or from a later one. */
export async function customersApprovingFrom(engagement: string, day: Day): Promise<string[]> {
  const open = { $or: [{ to: null }, { to: { $gt: day } }] }
  return ApprovalModel.distinct('customer', { engagement, ...open, $expr: { $ne: ['$to', '$from'] } })
}

export async function isAnyApproved(engagements: readonly string[], day: Day): Promise<boolean> {
  const open = { $or: [{ to: null }, { to: { $gt: day } }] }
  const found = await ApprovalModel.exists({
    engagement: { $in: engagements },
    ...open,
    $expr: { $ne: ['$to', '$from'] },
  })
  return found !== null
}

/** Whether any of these customers has any of the engagements approved on the day or from a later one. */
export async function isAnyApprovedBy(
  customers: readonly string[],
  engagements: readonly string[],
  day: Day,
): Promise<boolean> {
  const found = await ApprovalModel.exists({
    customer: { $in: [...customers] },
    engagement: { $in: [...engagements] },
    $or: [{ to: null }, { to: { $gt: day } }],
    $expr: { $ne: ['$to', '$from'] },
  })
  return found !== null
}

/** Those of the customers that have the engagement approved on the day. */
export async function approvalsHeld(
  customers: readonly string[],
  engagement: string,
  day: Day,
): Promise<string[]> {
  return ApprovalModel.distinct('customer', {
    customer: { $in: [...customers] },
    engagement,
    ...covering(day),
  })
}

/** Those of the customers' approvals that the notice ended, the last of each customer; none that never held. */
export async function approvalsEndedBy(
  notice: string,
  { engagement, customers }: { engagement: string; customers: readonly string[] },
): Promise<Approval[]> {
  const rows = await ApprovalModel.find({ customer: { $in: [...customers] }, engagement })
    .sort({ from: 1 })
    .lean<Approval[]>()
  const last = new Map(rows.filter(({ from, to }) => from !== to).map((row) => [row.customer, row]))
  return [...last.values()].filter(({ endedBy, to }) => endedBy === notice && to !== null)
}

export type ApprovalCount = { customers: number; capped: boolean; from: Day }

/** Counting stops here: beyond it nobody reads the number, and 10,000 customers by 30 sub-processors would take seconds. */
export const mostCounted = 1000

/**
 * For all customers together: how many have each engagement approved on the day, and the first day any of these began.
 * Those nobody has approved are absent.
 */
export async function approvalCounts(
  day: Day,
  engagements?: readonly string[],
): Promise<Map<string, ApprovalCount>> {
  const asked = engagements ?? (await engagementsEverApproved())
  const counts = await Promise.all(
    asked.map(async (engagement) => [engagement, await countUpTo(engagement, day)] as const),
  )
  return new Map(counts.flatMap(([engagement, count]) => (count === null ? [] : [[engagement, count]])))
}

/** Ids of all engagements that anybody ever approved. */
export async function engagementsEverApproved(): Promise<string[]> {
  return ApprovalModel.distinct('engagement')
}

async function countUpTo(engagement: string, day: Day): Promise<ApprovalCount | null> {
  const [counted] = await ApprovalModel.aggregate<{ found: number; customers: string[]; from: Day }>([
    { $match: { engagement, ...covering(day) } },
    { $sort: { from: 1 } },
    { $limit: mostCounted + 1 },
    {
      $group: {
        _id: null,
        found: { $sum: 1 },
        customers: { $addToSet: '$customer' },
        from: { $first: '$from' },
      },
    },
  ])
  if (!counted) return null
  const { found, customers, from } = counted
  return { customers: Math.min(customers.length, mostCounted), capped: found > mostCounted, from }
}

/**
 * The engagements any customer has approved on the day, each with the first day any of these approvals began. Of each the first
 * approval there is says it nearly always, and an index gives these at one look; where that has ended, the others are asked.
 */
export async function approvedSince(day: Day): Promise<Map<string, Day>> {
  const firsts = await ApprovalModel.aggregate<{ _id: string; from: Day; to: Day | null }>([
    { $sort: { engagement: 1, from: 1, to: 1 } },
    { $group: { _id: '$engagement', from: { $first: '$from' }, to: { $first: '$to' } } },
  ])
  const begun = firsts.filter(({ from }) => from <= day)
  const found = await Promise.all(
    begun.map(async ({ _id: engagement, from, to }): Promise<[string, Day][]> => {
      if (to === null || to > day) return [[engagement, from]]
      const other = await ApprovalModel.findOne({ engagement, ...covering(day) }, { from: 1 })
        .sort({ from: 1 })
        .lean<{ from: Day }>()
      return other ? [[engagement, other.from]] : []
    }),
  )
  return new Map(found.flat())
}

/** Ids of all engagements that somebody has approved on the day or from a later one. */
export async function approvedOnOrAfter(day: Day): Promise<string[]> {
  const [lasting, ending] = await Promise.all([
    approvedSince('9999-12-31'),
    ApprovalModel.distinct('engagement', { to: { $type: 'string', $gt: day } }),
  ])
  return [...new Set([...lasting.keys(), ...ending])]
}

/** Which of the engagements anybody ever approved. */
export async function everApproved(engagements: readonly string[]): Promise<string[]> {
  return ApprovalModel.distinct('engagement', { engagement: { $in: [...engagements] } })
}

const mostAskedSingly = 10

/** Those of some few engagements, as of one page, that any customer has approved on the day. */
export async function approvedOn(engagements: readonly string[], day: Day): Promise<Set<string>> {
  const found = await Promise.all(
    engagements.map(async (engagement) =>
      (await ApprovalModel.exists({ engagement, ...covering(day) })) ? [engagement] : [],
    ),
  )
  return new Set(found.flat())
}

/** Those of the engagements that any customer has approved on the day. */
export async function approvedAmong(engagements: readonly string[], day: Day): Promise<Set<string>> {
  if (engagements.length > mostAskedSingly) {
    const all = await approvedSince(day)
    return new Set(engagements.filter((engagement) => all.has(engagement)))
  }
  return approvedOn(engagements, day)
}

/** Ids of those among the customers that never had anything approved: their list from signing is not recorded yet. */
export async function customersWithoutList(customers: readonly string[]): Promise<string[]> {
  const known = new Set(await ApprovalModel.distinct('customer', { customer: { $in: customers } }))
  return customers.filter((customer) => !known.has(customer))
}

/** Not by 'null or later': to tell null from nothing at all the records would be read, where an index has the whole answer. */
function covering(day: Day): { from: { $lte: Day }; to: { $not: { $lte: Day } } } {
  return { from: { $lte: day }, to: { $not: { $lte: day } } }
}
