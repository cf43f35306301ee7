/** What the registers know of an engagement's use for customers: from its days of use, approvals, and notices. */
import type { Day } from '../../base/day.js'
import { noticesAbout, recipientsByIds } from '../../notices/actions.js'
import { recipientId } from '../../notices/rules.js'
import { isUsed } from '../../notices/rules/notice.js'
import { approvalsOfEngagement, engagementsAbove, engagementsByIds } from '../../register/actions.js'
import type { Use } from '../../register/rules.js'
import {
  whyUnused,
  type AffectedEngagement,
  type KnownUse,
  type PartInNotice,
  type Span,
  type Unused,
} from '../rules.js'

/** One engagement of the breach, looked up once: `ids` it is approved by, which for a further link are those above it too. */
type Known = {
  reference: string
  ids: string[]
  uses: Use[]
  notices: { id: string; reference: string; lines: Set<string> }[]
}

export type UsesKnown = (customers: readonly string[], span: Span) => Promise<Map<string, Unused[]>>

/** Asks for some customers at a time which of the engagements had none of their data, and why. */
export async function usesOf(engagements: readonly AffectedEngagement[], today: Day): Promise<UsesKnown> {
  const known = await Promise.all(engagements.map((each) => knownOf(each, today)))
  return async (customers, span) => {
    const found = new Map<string, Unused[]>()
    for (const engagement of known)
      for (const [customer, unused] of await unusedBy(engagement, customers, span))
        found.set(customer, [...(found.get(customer) ?? []), unused])
    return found
  }
}

async function knownOf({ id, reference }: AffectedEngagement, today: Day): Promise<Known> {
  const [engagement] = await engagementsByIds([id])
  // Customers approve the link we have the contract with; what lies below it is used as that one is.
  const ids = engagement?.parent ? [...new Set([id, ...(await engagementsAbove(id, today))])] : [id]
  const [all, about] = await Promise.all([
    engagementsByIds(ids),
    Promise.all(ids.map((each) => noticesAbout(each))),
  ])
  return {
    reference,
    ids,
    uses: all.flatMap(({ inUse, earlierUse }) => [inUse, ...earlierUse]),
    notices: about.flat().flatMap((notice) => {
      const lines = notice.lines.filter((line) => isUsed(line) && ids.includes(line.engagement))
      return lines.length === 0
        ? []
        : [{ id: notice._id, reference: notice.reference, lines: new Set(lines.map((line) => line.id)) }]
    }),
  }
}

async function unusedBy(
  { reference, ids, uses, notices }: Known,
  customers: readonly string[],
  span: Span,
): Promise<Map<string, Unused>> {
  const [approvals, parts] = await Promise.all([
    Promise.all(ids.map((each) => approvalsOfEngagement(each, customers))),
    partsIn(notices, customers),
  ])
  const held = new Map<string, KnownUse['approvals'][number][]>()
  for (const { customer, kind, from, to } of approvals.flat())
    held.set(customer, [...(held.get(customer) ?? []), { kind, from, to }])
  return new Map(
    customers.flatMap((customer): [string, Unused][] => {
      const unused = whyUnused(
        {
          engagement: reference,
          uses,
          approvals: held.get(customer) ?? [],
          parts: parts.get(customer) ?? [],
        },
        span,
      )
      return unused ? [[customer, unused]] : []
    }),
  )
}

async function partsIn(
  notices: Known['notices'],
  customers: readonly string[],
): Promise<Map<string, PartInNotice[]>> {
  const found = new Map<string, PartInNotice[]>()
  for (const { id, reference, lines } of notices)
    for (const { customer, state, lines: theirs } of await recipientsByIds(
      customers.map((each) => recipientId(id, each)),
    )) {
      const own = theirs.filter(({ line }) => lines.has(line))
      const part = {
        notice: reference,
        state,
        asked: own.some(({ mode }) => mode !== 'information'),
        inUseSince: own.flatMap(({ inUseSince }) => inUseSince ?? []).toSorted()[0] ?? null,
      }
      found.set(customer, [...(found.get(customer) ?? []), part])
    }
  return found
}
