import type { Day } from '../../base/day.js'
import { completenessOf, identityFields, type Missing } from './completeness.js'
import type { Role } from './engagement.js'

/**
 * An engagement as a link of the chain on a day. `parent` is the engagement whose vendor brought it in, as it stood that
 * day; null is a link of our own.
 */
export type ChainLink = {
  _id: string
  reference: string
  vendor: string
  parent: string | null
  role: Role
  /** What siblings are ordered by. */
  order: string
  /** It no longer ran on the day: known, so that those below it can say what became of it, and not shown. */
  ended: boolean
  /** Whose changed form it is: what hangs below that one hangs below this one too, for whoever has this one instead. */
  continues?: string
  /** Customers are asked about it by itself: whoever has not approved it does not have it in its chain. */
  apart?: boolean
}

/**
 * What is wrong with a link's place: the one above has ended, or is not in the register at all, or the links above it
 * lead back to itself, as old or imported records may.
 */
export type ChainFault = 'parent-ended' | 'parent-gone' | 'circle'

export type ChainNode<Link extends ChainLink = ChainLink> = {
  link: Link
  /** 1 for a link of our own, or where a broken chain begins. */
  depth: number
  /** The links above, from the top. */
  path: Link[]
  /** How many links hang below, at any depth. */
  below: number
  fault: ChainFault | null
}

/**
 * The forest of a day, flat and in the order it is read: each link before those below it. Every link that runs is there
 * exactly once, however the records point: who lost the link above begins a tree, and a circle is cut where it is entered.
 */
export function chainForest<Link extends ChainLink>(links: readonly Link[]): ChainNode<Link>[] {
  const known = new Set(links.map(({ _id }) => _id))
  const running = new Map(links.filter(({ ended }) => !ended).map((link) => [link._id, link]))
  const children = childrenOf([...running.values()])
  const inCircle = circles(running)
  const tops = [...running.values()].filter(({ parent }) => parent === null || !running.has(parent))
  const nodes: ChainNode<Link>[] = []
  const placed = new Set<string>()
  const grow = (top: Link) => nodes.push(...treeBelow(top, children, placed, inCircle, known))
  for (const top of inOrder(tops)) grow(top)
  // What no top leads to stands in a circle or hangs below one.
  for (const link of inOrder([...running.values()].filter(({ _id }) => inCircle.has(_id))))
    if (!placed.has(link._id)) grow(link)
  return nodes
}

/** The trees of a forest, each as the flat list of its nodes. */
export function treesOf<Link extends ChainLink>(nodes: readonly ChainNode<Link>[]): ChainNode<Link>[][] {
  const trees: ChainNode<Link>[][] = []
  for (const node of nodes) {
    if (node.depth === 1) trees.push([node])
    else trees.at(-1)?.push(node)
  }
  return trees
}

/** The links above, from the top, and whether they came round in a circle before there was a top. */
export function pathAbove<Link extends ChainLink>(
  id: string,
  links: ReadonlyMap<string, Link>,
): { path: Link[]; circle: boolean } {
  const path: Link[] = []
  const seen = new Set([id])
  for (let at = links.get(id)?.parent ?? null; at !== null;) {
    if (seen.has(at)) return { path, circle: true }
    seen.add(at)
    const link = links.get(at)
    if (!link) break
    path.unshift(link)
    at = link.parent
  }
  return { path, circle: false }
}

/** The link and everything below it. */
export function branchOf(id: string, links: readonly ChainLink[]): Set<string> {
  const children = childrenOf(links.filter(({ ended }) => !ended))
  const branch = new Set([id])
  for (const each of branch) for (const child of children.get(each) ?? []) branch.add(child._id)
  return branch
}

/**
 * What belongs to one customer's chain: the engagements it has approved and the sub-processors below them. A link above
 * that it has not approved is none of its business, so the chain begins below it. One that is planned, or used for others by a notice,
 * processes nothing of this customer's, and a notice tells of it before any list does (clause 7.3).
 */
export function chainOfCustomer<Link extends ChainLink>(
  links: readonly Link[],
  approved: ReadonlySet<string>,
): Link[] {
  const theirs = links.filter(
    ({ _id, role, ended, apart }) => approved.has(_id) || (role === 'sub-processor' && !ended && !apart),
  )
  const children = childrenOf(theirs)
  const inside = new Set(theirs.filter(({ _id }) => approved.has(_id)).map(({ _id }) => _id))
  for (const id of inside) for (const child of children.get(id) ?? []) inside.add(child._id)
  return theirs
    .filter(({ _id }) => inside.has(_id))
    .map((link) => ({
      ...link,
      // Approved on that day, so it stands on the list whatever else is recorded.
      ended: false,
      parent: link.parent !== null && inside.has(link.parent) ? link.parent : null,
    }))
}

/**
 * The engagements whose approval brings the link onto a customer's chain: itself, and those above as long as every link in
 * between is a sub-processor that came with the one above it. `above`: the link and those above it.
 */
export function shownThrough(id: string, above: readonly ChainLink[]): string[] {
  const links = new Map(above.map((link) => [link._id, link]))
  const through = new Set([id])
  for (let link = links.get(id); link?.role === 'sub-processor' && !link.apart && link.parent !== null;) {
    if (through.has(link.parent)) break
    through.add(link.parent)
    link = links.get(link.parent)
  }
  return [...through]
}

/** How badly a link is known: not even who it is (22/2024, paras 31-32), short of other details, or complete. */
export function linkStanding(missing: readonly Missing[]): 'complete' | 'unidentified' | 'incomplete' {
  if (completenessOf(missing) === 'complete') return 'complete'
  return missing.some(({ field }) => identityFields.includes(field)) ? 'unidentified' : 'incomplete'
}

/** Whether a move leads anywhere: null if it may be made, else why not, as a reason to refuse. */
export function reasonNotToMove(
  link: { _id: string; parent: string | null; endedOn: Day | null },
  to: { _id: string; endedOn: Day | null } | null,
): 'engagement-already-ended' | 'chain-parent-ended' | 'chain-same-place' | null {
  if (link.endedOn !== null) return 'engagement-already-ended'
  if (to !== null && to.endedOn !== null) return 'chain-parent-ended'
  return link.parent === (to?._id ?? null) ? 'chain-same-place' : null
}

function childrenOf<Link extends ChainLink>(links: readonly Link[]): Map<string, Link[]> {
  const children = new Map<string, Link[]>()
  for (const link of inOrder(links)) {
    if (link.parent === null) continue
    const siblings = children.get(link.parent)
    if (siblings) siblings.push(link)
    else children.set(link.parent, [link])
  }
  return children
}

/** Without recursion: a chain may be deeper than a stack. */
function treeBelow<Link extends ChainLink>(
  top: Link,
  children: ReadonlyMap<string, Link[]>,
  placed: Set<string>,
  inCircle: ReadonlySet<string>,
  known: ReadonlySet<string>,
): ChainNode<Link>[] {
  const nodes: ChainNode<Link>[] = []
  const waiting: { link: Link; above: ChainNode<Link> | null }[] = [{ link: top, above: null }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { link, above } = next
    if (placed.has(link._id)) continue
    placed.add(link._id)
    const node: ChainNode<Link> = {
      link,
      depth: above ? above.depth + 1 : 1,
      path: above ? [...above.path, above.link] : [],
      below: 0,
      fault: inCircle.has(link._id) ? 'circle' : above ? null : lostAbove(link, known),
    }
    nodes.push(node)
    const below = (children.get(link._id) ?? []).toReversed()
    for (const child of below) waiting.push({ link: child, above: node })
  }
  // Each node stands right before its own: the next one that is no deeper ends them.
  const open: { depth: number; place: number }[] = []
  for (const [place, { depth }] of [...nodes, { depth: 0 }].entries()) {
    for (let last = open.at(-1); last && last.depth >= depth; last = open.at(-1)) {
      open.pop()
      const node = nodes[last.place]
      if (node) node.below = place - last.place - 1
    }
    open.push({ depth, place })
  }
  return nodes
}

function lostAbove(link: ChainLink, known: ReadonlySet<string>): ChainFault | null {
  if (link.parent === null) return null
  return known.has(link.parent) ? 'parent-ended' : 'parent-gone'
}

/** Those that stand in a circle themselves; what hangs below one is merely below it. */
function circles(running: ReadonlyMap<string, ChainLink>): Set<string> {
  const found = new Set<string>()
  const done = new Set<string>()
  for (const start of running.keys()) {
    const trail: string[] = []
    const places = new Map<string, number>()
    for (let at: string | null = start; at !== null && !done.has(at);) {
      const met = places.get(at)
      if (met !== undefined) {
        for (const id of trail.slice(met)) found.add(id)
        break
      }
      const link: ChainLink | undefined = running.get(at)
      if (!link) break
      places.set(at, trail.length)
      trail.push(at)
      at = link.parent
    }
    for (const id of trail) done.add(id)
  }
  return found
}

function inOrder<Link extends ChainLink>(links: readonly Link[]): Link[] {
  return links
    .map((link) => ({ link, key: `${link.order}\u0000${link.reference}` }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ link }) => link)
}
