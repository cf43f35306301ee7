import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { lawNow } from '../../transfers/actions.js'
import {
  customersApproving,
  engagementById,
  engagementByReference,
  EngagementModel,
  linksAbove,
  linksBelow,
} from '../records.js'
import {
  branchOf,
  chainForest,
  engagementFacts,
  reasonNotToMove,
  shownThrough,
  withVersion,
  type ChainLink,
  type Engagement,
} from '../rules.js'
import { refuseParent, settledInChain } from './chain-place.js'
import type { Which } from './services.js'
import { knownLinks, withKnown, type KnownLink, type KnownNode } from './chain.js'

export type MovePreview = {
  /** What moves along, the engagement itself first. */
  branch: KnownNode[]
  to: { path: KnownLink[] }
  /** Ids of customers whose list shows it after and not before, before and not after, and both. */
  gain: string[]
  lose: string[]
  keep: string[]
}

/** What a move would do today. Throws as `moveBranch` would. */
export async function previewMove(
  engagement: Engagement,
  to: Engagement | null,
  today: Day,
): Promise<MovePreview> {
  const reason = reasonNotToMove(engagement, to)
  if (reason) throw new Refused(reason)
  await refuseParent(engagement._id, to?._id ?? null)
  const [links, oldPath, newPath] = await Promise.all([
    linksBelow([engagement._id], today),
    linksAbove(engagement._id, today),
    to === null ? ([] as ChainLink[]) : linksAbove(to._id, today),
  ])
  const self = oldPath.filter(({ _id }) => _id === engagement._id)
  const moved: ChainLink[] = [...newPath, ...self.map((link) => ({ ...link, parent: to?._id ?? null }))]
  const [before, after] = await Promise.all(
    [oldPath, moved].map(async (path) => customersApproving(shownThrough(engagement._id, path), today)),
  )
  const [old, fresh] = [new Set(before), new Set(after)]
  const nodes = chainForest(
    links.map((link) => (link._id === engagement._id ? { ...link, parent: null } : link)),
  )
  const known = await knownLinks([...nodes.map(({ link }) => link), ...newPath], {
    law: await lawNow(),
    day: today,
  })
  return {
    branch: withKnown(nodes, known),
    to: { path: newPath.toReversed().flatMap(({ _id }) => known.get(_id) ?? []) },
    gain: [...fresh].filter((each) => !old.has(each)),
    lose: [...old].filter((each) => !fresh.has(each)),
    keep: [...fresh].filter((each) => old.has(each)),
  }
}

/**
 * Hangs an engagement, with all below it, under another or on its own (`to` null), from today on: past days keep the old
 * place. No approval changes; who sees which link does, so the reason is kept.
 */
export async function moveBranch(
  context: Context,
  which: Which,
  { to, because }: { to: string | null; because: string },
): Promise<Engagement> {
  const engagement = await engagementByReference(which.reference)
  if (!engagement) throw new NotFound()
  if (engagement.version !== which.version) throw new Refused('changed-meanwhile')
  const above = to === null ? null : await engagementByReference(to)
  if (to !== null && !above) throw new Refused('chain-parent-gone')
  const reason = reasonNotToMove(engagement, above)
  if (reason) throw new Refused(reason)
  const parent = above?._id ?? null
  await refuseParent(engagement._id, parent)
  const old = engagement.parent === null ? null : await engagementById(engagement.parent)
  const branch = branchOf(engagement._id, await linksBelow([engagement._id], context.today))
  const facts = { ...engagementFacts(engagement), parent }
  const moved = await mustMove(
    context,
    EngagementModel,
    engagement,
    { parent, versions: withVersion(engagement.versions, facts, context.today) },
    {
      event: 'engagement.moved',
      facts: {
        before: { parent: old?.reference ?? null },
        after: { parent: above?.reference ?? null },
        on: context.today,
        movedAlong: branch.size - 1,
      },
      personal: { because },
    },
  )
  return settledInChain(context, engagement, moved)
}
