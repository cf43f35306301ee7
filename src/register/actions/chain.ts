import type { Day } from '../../base/day.js'
import { lawNow } from '../../transfers/actions.js'
import type { Law, LawOn } from '../../transfers/rules.js'
import {
  approvedAmong,
  bringListsUpToDate,
  chainLinksNow,
  chainLinksOn,
  engagementById,
  engagementsContinuing,
  engagementsToList,
  linksAbove,
  linksBelow,
  linksBelowApproved,
  listOnWithBelow,
  recordsAmong,
  vendorsToList,
  type EngagementToList,
  type ListedRecords,
} from '../records.js'
import {
  chainForest,
  chainOfCustomer,
  contentAsKnown,
  engagementState,
  isAskedByItself,
  missingIn,
  pathAbove,
  treesOf,
  type ChainLink,
  type ChainNode,
  type EngagementContent,
  type ListRow,
  type Missing,
} from '../rules.js'
import { contractFrom, contractsOf, presentContract } from '../rules/contract.js'

/** A link with what it was on the day and what of it is missing. `planned`: customers are to be asked about it, and nobody has it yet. */
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
  return chainForest(chainOfCustomer(await linksBelowApproved(approved, day), new Set(approved)))
}

/** The engagements and everyone below them, those too that customers are still to be asked about. */
export async function branchesBelow(ids: readonly string[], day: Day): Promise<ChainNode[]> {
  const links = (await linksBelow(ids, day)).map((link) => ({ ...link, apart: false }))
  return chainForest(chainOfCustomer(links, new Set(ids)))
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
  const known = await knownLinks([...path, ...nodes.map(({ link }) => link)], { law: await lawNow(), day })
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
  return withKnown(nodes, await knownLinks(linksOf(nodes), { law: await lawNow(), day }))
}

function linksOf(nodes: readonly ChainNode[]): ChainLink[] {
  return nodes.flatMap(({ link, path }) => [link, ...path])
}

/**
 * What the customer has approved on the day and everyone below that, each record read once; `law` as it is on record now;
 * `gone`: what the list showed on that day and has been corrected away since.
 */
export async function listWithChain(
  customer: string,
  day: Day,
): Promise<{ law: Law; rows: ListRow[]; gone: ListRow[]; nodes: KnownNode[] }> {
  const [law, { rows, gone, below, records }] = await Promise.all([lawNow(), listOnWithBelow(customer, day)])
  const listed = new Map(rows.map((row) => [row.engagement, row]))
  const nodes = chainForest(chainOfCustomer(below, new Set(listed.keys())))
  const known = await linksAmong(linksOf(nodes), { law, day }, records, listed)
  return { law, rows, gone, nodes: withKnown(nodes, known) }
}

export async function knownLinks(links: readonly ChainLink[], at: LawOn): Promise<Map<string, KnownLink>> {
  const [engagements, vendors] = await Promise.all([
    engagementsToList([...new Set(links.map(({ _id }) => _id))]),
    vendorsToList([...new Set(links.map(({ vendor }) => vendor))]),
  ])
  return linksAmong(links, at, recordsAmong(engagements, vendors))
}

/** `rows`: of the day's list, of those links that are on it. */
async function linksAmong(
  links: readonly ChainLink[],
  { law, day }: LawOn,
  records: ListedRecords,
  rows: ReadonlyMap<string, ListRow> = new Map(),
): Promise<Map<string, KnownLink>> {
  // Most links further down are approved with the one above them; only of the others it says anything that nobody has approved them,
  // and of these it is asked only where they are not used either.
  const running = new Map(links.filter(({ ended }) => !ended).map((link) => [link._id, link]))
  const asked = (engagement: EngagementToList) => {
    const link = running.get(engagement._id)
    return link !== undefined && (link.parent === null || isAskedByItself(engagement))
  }
  const idle = [...records.values()]
    .map(({ engagement }) => engagement)
    .filter((engagement) => asked(engagement) && !rows.has(engagement._id))
    .filter((each) => engagementState(each, 0, day) === 'planned')
  const approved = await approvedAmong(
    idle.map(({ _id }) => _id),
    day,
  )
  return new Map(
    links.flatMap((link): [string, KnownLink][] => {
      const row = rows.get(link._id)
      if (row) {
        const missing = missingIn(row.content, row.contract, { law, day })
        // On the list, so somebody has approved it.
        return [[link._id, { ...link, content: row.content, missing, planned: false }]]
      }
      const record = records.get(link._id)
      if (!record) return []
      const { engagement, vendor } = record
      const { content } = contentAsKnown(vendor, engagement, day)
      const state = engagementState(engagement, approved.has(link._id) ? 1 : 0, day)
      const planned = content.role === 'sub-processor' && asked(engagement) && state === 'planned'
      const contract = contractFrom(presentContract(contractsOf(engagement), day))
      const missing = missingIn(content, contract, { law, day })
      return [[link._id, { ...link, content, missing, planned }]]
    }),
  )
}

export function withKnown(nodes: readonly ChainNode[], known: ReadonlyMap<string, KnownLink>): KnownNode[] {
  return nodes.flatMap((node) => {
    const link = known.get(node.link._id)
    return link ? [{ ...node, link, path: node.path.flatMap(({ _id }) => known.get(_id) ?? []) }] : []
  })
}
