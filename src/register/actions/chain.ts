import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { lawNow } from '../../transfers/actions.js'
import {
  approvedAmong,
  bringListsUpToDate,
  chainLinksNow,
  chainLinksOn,
  customersApproving,
  engagementById,
  engagementByReference,
  EngagementModel,
  engagementsContinuing,
  engagementsToList,
  linksAbove,
  linksBelow,
  moveEngagement,
  vendorsToList,
} from '../records.js'
import {
  branchOf,
  chainForest,
  chainOfCustomer,
  contentAsKnown,
  engagementFacts,
  engagementState,
  missingIn,
  pathAbove,
  reasonNotToMove,
  shownThrough,
  treesOf,
  withVersion,
  type ChainLink,
  type ChainNode,
  type Engagement,
  type EngagementContent,
  type Missing,
} from '../rules.js'
import { refuseParent, settledInChain } from './chain-place.js'
import type { Which } from './services.js'

/** A link with what it was on the day and what of it is missing. `planned`: our own, and used for nobody yet. */
export type KnownLink = ChainLink & { content: EngagementContent; missing: Missing[]; planned: boolean }
export type KnownNode = ChainNode<KnownLink>

/** The engagement and those above it in the chain, the nearest first, with those each continues and is continued by. */
export async function engagementsAbove(id: string, day: Day): Promise<string[]> {
  const links = await linksAbove(id, day)
  const same = await Promise.all(
    links.map(async ({ _id }) => {
      const [engagement, later] = await Promise.all([engagementById(_id), engagementsContinuing(_id)])
      return [_id, ...(engagement?.continues ? [engagement.continues] : []), ...later.map((each) => each._id)]
    }),
  )
  return same.flat()
}

/**
 * The forest of the whole register on a day: every sub-processor and whatever is linked to one. Whose data no customer
 * entrusted, and which stands alone, is no part of it.
 */
export async function chainOn(day: Day, today: Day): Promise<ChainNode[][]> {
  const trees = treesOf(chainForest(await linksOn(day, today)))
  return trees.filter(
    ([top, ...below]) => below.length > 0 || top?.fault !== null || top.link.role === 'sub-processor',
  )
}

/** Today's are read from the lists and an index; a past day's from the histories of all records. */
async function linksOn(day: Day, today: Day): Promise<ChainLink[]> {
  if (day < today) return chainLinksOn(day)
  await bringListsUpToDate(today)
  return chainLinksNow(today)
}

/** Of the engagements a customer has approved on the day, and all below them. Nothing else of the register is in it. */
export async function chainBelow(approved: readonly string[], day: Day): Promise<ChainNode[]> {
  return chainForest(chainOfCustomer(await linksBelow(approved, day), new Set(approved)))
}

/** Where one engagement stands on the day: the path up from it and the tree below, itself on top. */
export async function chainAround(
  id: string,
  day: Day,
): Promise<{
  path: KnownLink[]
  circle: boolean
  parentEnded: boolean
  parentGone: boolean
  nodes: KnownNode[]
}> {
  const [above, below] = await Promise.all([linksAbove(id, day), linksBelow([id], day)])
  const { path, circle } = pathAbove(id, new Map(above.map((link) => [link._id, link])))
  const self = below.find(({ _id }) => _id === id)
  const parent = above.find(({ _id }) => _id === self?.parent)
  // The tree is this one's: whatever it hangs on itself is told by the path.
  const cut = below.map((link) => (link._id === id ? { ...link, parent: null, ended: false } : link))
  const nodes = chainForest(cut)
  const known = await knownLinks([...path, ...nodes.map(({ link }) => link)], day)
  return {
    path: path.flatMap(({ _id }) => known.get(_id) ?? []),
    circle,
    parentEnded: parent?.ended === true,
    parentGone: self !== undefined && self.parent !== null && parent === undefined,
    nodes: withKnown(nodes, known),
  }
}

/** The nodes with what they were on the day; only for as many as are shown. */
export async function knownNodes(nodes: readonly ChainNode[], day: Day): Promise<KnownNode[]> {
  return withKnown(
    nodes,
    await knownLinks(
      nodes.flatMap(({ link, path }) => [link, ...path]),
      day,
    ),
  )
}

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
  const known = await knownLinks([...nodes.map(({ link }) => link), ...newPath], today)
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
  const moved = await moveEngagement(
    engagement._id,
    engagement.version,
    { parent, versions: withVersion(engagement.versions, facts, context.today) },
    [],
    {
      at: context.now,
      by: context.actor,
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
  if (!moved) throw new Refused('changed-meanwhile')
  await record(EngagementModel, moved)
  return settledInChain(context, engagement, moved)
}

async function knownLinks(links: readonly ChainLink[], day: Day): Promise<Map<string, KnownLink>> {
  const [law, engagements, listed] = await Promise.all([
    lawNow(),
    engagementsToList([...new Set(links.map(({ _id }) => _id))]),
    vendorsToList([...new Set(links.map(({ vendor }) => vendor))]),
  ])
  const vendors = new Map(listed.map((vendor) => [vendor._id, vendor]))
  const byId = new Map(engagements.map((engagement) => [engagement._id, engagement]))
  // Links further down are approved with the one above them; only of our own it says anything that nobody has approved them,
  // and of these it is asked only where they are not used either.
  const own = new Set(links.filter(({ parent, ended }) => parent === null && !ended).map(({ _id }) => _id))
  const idle = engagements.filter((each) => own.has(each._id) && engagementState(each, 0, day) === 'planned')
  const approved = await approvedAmong(
    idle.map(({ _id }) => _id),
    day,
  )
  return new Map(
    links.flatMap((link): [string, KnownLink][] => {
      const engagement = byId.get(link._id)
      const vendor = engagement && vendors.get(engagement.vendor)
      if (!engagement || !vendor) return []
      const { content } = contentAsKnown(vendor, engagement, day)
      const state = engagementState(engagement, approved.has(link._id) ? 1 : 0, day)
      const planned = content.role === 'sub-processor' && own.has(link._id) && state === 'planned'
      const missing = missingIn(content, engagement.contract, { law, day })
      return [[link._id, { ...link, content, missing, planned }]]
    }),
  )
}

function withKnown(nodes: readonly ChainNode[], known: ReadonlyMap<string, KnownLink>): KnownNode[] {
  return nodes.flatMap((node) => {
    const link = known.get(node.link._id)
    return link ? [{ ...node, link, path: node.path.flatMap(({ _id }) => known.get(_id) ?? []) }] : []
  })
}
