import type { Day } from '../../base/day.js'
import {
  isAskedByItself,
  knownOn,
  takenPlaces,
  versionsAsKnown,
  wasInUse,
  type ChainLink,
  type Engagement,
} from '../rules.js'
import { isToldByNotice } from './approvals.js'
import { EngagementModel } from './engagements.js'
import { whileListsStand } from './list-stamp.js'
import { VendorModel } from './vendors.js'

/** Of an engagement's history `linkFields` only, which are what makes it a link. */
export type LinkRow = Pick<
  Engagement,
  | '_id'
  | 'reference'
  | 'vendor'
  | 'endedOn'
  | 'versions'
  | 'corrections'
  | 'continues'
  | 'askedByItself'
  | 'inUse'
  | 'earlierUse'
>

const linkFields = {
  reference: 1,
  vendor: 1,
  endedOn: 1,
  'versions.from': 1,
  'versions.content.parent': 1,
  'versions.content.role': 1,
  corrections: 1,
  continues: 1,
  askedByItself: 1,
  inUse: 1,
  earlierUse: 1,
} as const

/**
 * The whole register's chain as it stood on the day. What was entered later is not there, unless a link of that day
 * already pointed at it; what had ended is there as ended where a link still points at it.
 */
export async function chainLinksOn(day: Day): Promise<ChainLink[]> {
  const running = { $or: [{ endedOn: null }, { endedOn: { $gt: day } }] }
  const rows = await EngagementModel.find(running, linkFields).lean<LinkRow[]>()
  const known = new Map(rows.map((row) => [row._id, linkOf(row, day)]))
  const pointed = [...known.values()].flatMap(({ parent }) =>
    parent === null || known.has(parent) ? [] : [parent],
  )
  for (const row of await rowsById([...new Set(pointed)])) known.set(row._id, linkOf(row, day))
  const kept = new Set(rows.filter((row) => hasBegun(row, day)).map(({ _id }) => _id))
  for (const id of kept) {
    const parent = known.get(id)?.parent ?? null
    if (parent !== null && known.has(parent)) kept.add(parent)
  }
  return ordered([...known.values()].filter(({ _id }) => kept.has(_id)))
}

/** The links named and everything that hung below them on the day, level by level. */
export async function linksBelow(ids: readonly string[], day: Day): Promise<ChainLink[]> {
  return ordered(await unorderedBelow(ids, day))
}

async function unorderedBelow(ids: readonly string[], day: Day): Promise<ChainLink[]> {
  const [named, below] = await Promise.all([rowsById(ids), hangingBelow(ids, day, null)])
  return [...named.map((row) => linkOf(row, day)), ...below]
}

/** The same for who has these and no others: with what hangs below an earlier form of one of them. */
export async function linksBelowApproved(ids: readonly string[], day: Day): Promise<ChainLink[]> {
  const links = await unorderedBelow(ids, day)
  return ordered([...links, ...(await belowEarlier(links, day, null))])
}

/** Of links one of which has taken another's place: what hung below that one on the day, as hanging below the one that is there. */
export async function belowEarlier(
  links: readonly ChainLink[],
  day: Day,
  stamp: string | null,
): Promise<ChainLink[]> {
  const places = takenPlaces(links)
  if (places.size === 0) return []
  const there = new Set(links.map(({ _id }) => _id))
  const below = await hangingBelow([...places.keys()], day, stamp)
  return below
    .filter(({ _id }) => !there.has(_id))
    .map((link) => ({ ...link, parent: places.get(link.parent ?? '') ?? link.parent }))
}

/** What hung below them, in no order; `stamp`: of lists that stand, under which is kept what hangs on what. */
export async function hangingBelow(
  ids: readonly string[],
  day: Day,
  stamp: string | null,
): Promise<ChainLink[]> {
  const kept = await whileListsStand(stamp, 'ever-under', async () => new Map<string, LinkRow[]>())
  const reached = new Set(ids)
  const found: Found[] = []
  let level = [...ids]
  while (level.length > 0) {
    const rows = await rowsUnder(level, kept)
    level = []
    for (const row of rows) {
      const link = linkOf(row, day)
      // It may have hung there at another time than the day that is asked for.
      if (reached.has(row._id) || link.parent === null || !reached.has(link.parent)) continue
      if (!hasBegun(row, day) || link.ended) continue
      reached.add(row._id)
      found.push({ link, row })
      level.push(row._id)
    }
  }
  return withApart(found, day)
}

type Found = { link: ChainLink; row: LinkRow }

/**
 * Says of each whether customers are asked about it by itself on the day. One that no notice ever told of and that is used all the same is
 * used for all who have the one above it: use without notice, which their chain does not hide.
 */
async function withApart(found: readonly Found[], day: Day): Promise<ChainLink[]> {
  return Promise.all(
    found.map(async ({ link, row }) => {
      if (link.parent === null || !isAskedByItself(row)) return link
      const untold = row.continues === undefined && wasInUse(row, day) && !(await isToldByNotice(row._id))
      return { ...link, apart: !untold }
    }),
  )
}

const mostKept = 20_000

/** Whatever hung on one of these at any time. `kept`: by what it hung on, as far as that was asked before. */
async function rowsUnder(ids: readonly string[], kept: Map<string, LinkRow[]>): Promise<LinkRow[]> {
  const known = ids.flatMap((id) => kept.get(id) ?? [])
  const unknown = ids.filter((id) => !kept.has(id))
  if (unknown.length === 0) return known
  const those = { $in: unknown }
  const rows = await EngagementModel.find(
    { $or: [{ 'versions.content.parent': those }, { 'corrections.values.parent': those }] },
    linkFields,
  ).lean<LinkRow[]>()
  const under = new Map(unknown.map((id): [string, LinkRow[]] => [id, []]))
  for (const row of rows) for (const id of everAbove(row)) under.get(id)?.push(row)
  if (kept.size > mostKept) kept.clear()
  for (const [id, hanging] of under) kept.set(id, hanging)
  return [...known, ...rows]
}

/** Everything it hung on at any time, as was known at any time. */
function everAbove({ versions, corrections = [] }: LinkRow): Set<string> {
  const parents = [
    ...versions.map(({ content }) => content.parent),
    ...corrections.map(({ values }) => values.parent),
  ]
  return new Set(parents.filter((parent) => typeof parent === 'string'))
}

/** The link named and those above it on the day; stops where they come round. */
export async function linksAbove(id: string, day: Day): Promise<ChainLink[]> {
  const found = new Map<string, Found>()
  for (let at: string | null = id; at !== null && !found.has(at);) {
    const [row] = await rowsById([at])
    if (!row) break
    const link = linkOf(row, day)
    found.set(at, { link, row })
    at = link.parent
  }
  return withApart([...found.values()], day)
}

async function rowsById(ids: readonly string[]): Promise<LinkRow[]> {
  if (ids.length === 0) return []
  return EngagementModel.find({ _id: { $in: ids } }, linkFields).lean<LinkRow[]>()
}

export function linkOf(row: LinkRow, day: Day): ChainLink {
  const { _id, reference, vendor, endedOn } = row
  const { parent, role } = knownOn(versionsAsKnown(row), day).content
  const ended = endedOn !== null && endedOn <= day
  const { continues } = row
  return { _id, reference, vendor, parent, role, order: '', ended, ...(continues ? { continues } : {}) }
}

function hasBegun(row: LinkRow, day: Day): boolean {
  const first = versionsAsKnown(row)[0]
  return first !== undefined && first.from <= day
}

const mostLookedUp = 200

/** Siblings stand in the order of their vendors' names as they are now. */
export async function ordered(links: readonly ChainLink[]): Promise<ChainLink[]> {
  const ids = [...new Set(links.map(({ vendor }) => vendor))]
  // Of many, all from the index alone; of few, these.
  const those = ids.length > mostLookedUp ? { sortKey: { $gte: '' } } : { _id: { $in: ids } }
  const vendors = await VendorModel.find(those, { sortKey: 1 }).lean<{ _id: string; sortKey: string }[]>()
  const keys = new Map(vendors.map(({ _id, sortKey }) => [_id, sortKey]))
  return links.map((link) => ({ ...link, order: keys.get(link.vendor) ?? '' }))
}
