import type { QueryFilter } from 'mongoose'
import type { Day } from '../../base/day.js'
import { knownOn, versionsAsKnown, type ChainLink, type Engagement } from '../rules.js'
import { EngagementModel } from './engagements.js'
import { EngagementListings } from './listings.js'
import { VendorModel } from './vendors.js'

/** Of an engagement's history `linkFields` only, which are what makes it a link. */
type LinkRow = Pick<Engagement, '_id' | 'reference' | 'vendor' | 'endedOn' | 'versions' | 'corrections'>

const linkFields = {
  reference: 1,
  vendor: 1,
  endedOn: 1,
  'versions.from': 1,
  'versions.content.parent': 1,
  'versions.content.role': 1,
  corrections: 1,
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
  const found = await hangingBelow(ids, day, async (those) =>
    EngagementModel.find(those, linkFields).lean<LinkRow[]>(),
  )
  return ordered(found.map(({ link }) => link))
}

/** The same in no order, with what `read` gave of each. */
export async function hangingBelow<Row extends LinkRow>(
  ids: readonly string[],
  day: Day,
  read: (those: QueryFilter<Engagement>) => Promise<Row[]>,
): Promise<{ link: ChainLink; row: Row }[]> {
  if (ids.length === 0) return []
  const named = new Set(ids)
  const found = new Map<string, { link: ChainLink; row: Row }>()
  let rows = await read({ $or: [{ _id: { $in: ids } }, ...everUnder(ids)] })
  for (const row of rows) if (named.has(row._id)) found.set(row._id, { link: linkOf(row, day), row })
  while (rows.length > 0) {
    const level: string[] = []
    for (const row of rows) {
      const link = linkOf(row, day)
      // It may have hung there at another time than the day that is asked for.
      if (found.has(row._id) || link.parent === null || !found.has(link.parent)) continue
      if (!hasBegun(row, day) || link.ended) continue
      found.set(row._id, { link, row })
      level.push(row._id)
    }
    rows = level.length === 0 ? [] : await read({ $or: everUnder(level) })
  }
  return [...found.values()]
}

/** Whatever hung on one of these at any time. */
function everUnder(ids: readonly string[]): QueryFilter<Engagement>[] {
  const those = { $in: ids }
  return [{ 'versions.content.parent': those }, { 'corrections.values.parent': those }]
}

/** The link named and those above it on the day; stops where they come round. */
export async function linksAbove(id: string, day: Day): Promise<ChainLink[]> {
  const found = new Map<string, ChainLink>()
  for (let at: string | null = id; at !== null && !found.has(at);) {
    const [row] = await rowsById([at])
    if (!row) break
    const link = linkOf(row, day)
    found.set(at, link)
    at = link.parent
  }
  return [...found.values()]
}

async function rowsById(ids: readonly string[]): Promise<LinkRow[]> {
  if (ids.length === 0) return []
  return EngagementModel.find({ _id: { $in: ids } }, linkFields).lean<LinkRow[]>()
}

function linkOf(row: LinkRow, day: Day): ChainLink {
  const { _id, reference, vendor, endedOn } = row
  const { parent, role } = knownOn(versionsAsKnown(row), day).content
  return { _id, reference, vendor, parent, role, order: '', ended: endedOn !== null && endedOn <= day }
}

function hasBegun(row: LinkRow, day: Day): boolean {
  const first = versionsAsKnown(row)[0]
  return first !== undefined && first.from <= day
}

const mostLookedUp = 200

/** Siblings stand in the order of their vendors' names as they are now. */
async function ordered(links: readonly ChainLink[]): Promise<ChainLink[]> {
  const ids = [...new Set(links.map(({ vendor }) => vendor))]
  // Of many, all from the index alone; of few, these.
  const those = ids.length > mostLookedUp ? { sortKey: { $gte: '' } } : { _id: { $in: ids } }
  const vendors = await VendorModel.find(those, { sortKey: 1 }).lean<{ _id: string; sortKey: string }[]>()
  const keys = new Map(vendors.map(({ _id, sortKey }) => [_id, sortKey]))
  return links.map((link) => ({ ...link, order: keys.get(link.vendor) ?? '' }))
}

/** Each engagement's parent: the whole chain, to keep it free of rings. */
export async function allParents(): Promise<Map<string, string | null>> {
  return new Map((await furtherNow()).map(({ _id, parent }) => [_id, parent]))
}

/** Which of the engagements have others below them in the chain. */
export async function parentsAmong(ids: readonly string[]): Promise<string[]> {
  return EngagementModel.distinct('parent', { parent: { $in: [...ids] } })
}

type PresentRow = Omit<LinkRow, 'versions' | 'corrections'> & Pick<ChainLink, 'parent' | 'role'>
const presentFields = { parent: 1, endedOn: 1, role: 1, reference: 1, vendor: 1 } as const

/** Every link that has one above it, as it hangs now; answered by the index alone. */
async function furtherNow(): Promise<PresentRow[]> {
  // Any id is greater than the empty text: unlike "not null" this keeps to the index.
  return EngagementModel.find({ parent: { $gt: '' } }, presentFields).lean<PresentRow[]>()
}

/** How every further link hangs today, and those above them that hang on nothing. */
export async function linkedNow(today: Day): Promise<ChainLink[]> {
  const further = await furtherNow()
  const known = new Set(further.map(({ _id }) => _id))
  const above = new Set(
    further.flatMap(({ parent }) => (parent === null || known.has(parent) ? [] : [parent])),
  )
  const tops = await EngagementModel.find({ _id: { $in: [...above] } }, presentFields).lean<PresentRow[]>()
  return [...further, ...tops].map(({ endedOn, ...row }) => ({
    ...row,
    order: '',
    ended: endedOn !== null && endedOn <= today,
  }))
}

/** As `chainLinksOn`, for today: sub-processors of our own as the lists know them, which must be up to date. */
export async function chainLinksNow(today: Day): Promise<ChainLink[]> {
  const running = { $in: ['state:planned', 'state:approved', 'state:in-use'] }
  const [linked, own] = await Promise.all([
    linkedNow(today),
    EngagementListings.find(
      { $and: [{ keys: 'link:own' }, { keys: 'role:sub-processor' }, { keys: running }] },
      { reference: 1, vendor: 1 },
    ).lean<{ _id: string; reference: string; vendor: string }[]>(),
  ])
  const known = new Set(linked.map(({ _id }) => _id))
  const alone = own.filter(({ _id }) => !known.has(_id))
  return ordered([
    ...linked,
    ...alone.map((row) => ({
      ...row,
      parent: null,
      role: 'sub-processor' as const,
      order: '',
      ended: false,
    })),
  ])
}
