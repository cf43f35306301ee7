import { model, Schema, type Model, type QueryFilter } from 'mongoose'
import { searchConditions } from '../../db/search.js'
import { cappedCount, pageAfter, type Page, type Sort } from '../../db/paging.js'
import type { Listing } from '../rules/listing.js'

function listingModel(name: string): Model<Listing> {
  const schema = new Schema(
    {
      _id: { type: String, required: true },
      vendor: { type: String, required: true },
      reference: { type: String, required: true },
      made: { type: Number, required: true },
      sortKey: { type: String, required: true },
      tokens: [String],
      keys: [String],
      missing: { type: Number, required: true },
      tally: {
        type: new Schema({ records: Number, complete: Number, asked: Number, held: Number }, { _id: false }),
        required: true,
      },
      risk: { type: Number, required: true },
      changedAt: { type: Date, required: true },
      turnsOn: { type: String, default: null },
      sample: { type: Boolean, default: false },
    },
    { versionKey: false, minimize: false },
  )
  // One per sort for the whole list; with filters or words the first of them finds the few, and those are sorted.
  schema.index({ sortKey: 1, _id: 1 })
  schema.index({ reference: 1, _id: 1 })
  schema.index({ changedAt: 1, _id: 1 })
  schema.index({ missing: 1, _id: 1 })
  schema.index({ risk: 1, _id: 1 })
  schema.index({ keys: 1, sortKey: 1, _id: 1 })
  schema.index({ tokens: 1, sortKey: 1, _id: 1 })
  schema.index({ vendor: 1 })
  schema.index({ turnsOn: 1 })
  schema.index({ sample: 1 })
  // The whole answer from the index: how complete the register is.
  schema.index({ 'tally.records': 1, 'tally.complete': 1, 'tally.asked': 1, 'tally.held': 1 })
  return model<Listing>(name, schema as unknown as Schema<Listing>)
}

export const EngagementListings = listingModel('engagement-listing')
export const VendorListings = listingModel('vendor-listing')

/** `keys`: for each filter the keys of which one must be there. `ids`: references of a selection. */
export type ListingFilter = { q: string; keys: readonly (readonly string[])[]; ids: readonly string[] }

export type ListingSort = 'name' | 'reference' | 'changed' | 'missing' | 'risk'
const sorts: Record<ListingSort, Sort> = {
  name: { field: 'sortKey', direction: 1 },
  reference: { field: 'reference', direction: 1 },
  changed: { field: 'changedAt', direction: -1 },
  missing: { field: 'missing', direction: -1 },
  risk: { field: 'risk', direction: -1 },
}

export function listingPage(
  listings: Model<Listing>,
  filter: ListingFilter,
  sort: ListingSort,
  cursor: string | undefined,
  size: number,
): Promise<Page<Listing>> {
  return pageAfter(listings, conditions(filter), sorts[sort], cursor, size)
}

export function countListings(listings: Model<Listing>, filter: ListingFilter) {
  return cappedCount(listings, conditions(filter))
}

/** Those with the key, in the order of the vendors' names. */
export async function firstListed(key: string, count: number): Promise<string[]> {
  const found = await EngagementListings.find({ keys: key }, { _id: 1 })
    .sort({ sortKey: 1, _id: 1 })
    .limit(count)
    .lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}

/** Engagements that the words find as in the lists, by their vendors' present names too; null where there is no word. */
export async function engagementsFound(search: string, most: number): Promise<string[] | null> {
  const conditions = searchConditions<Listing>('tokens', search)
  if (conditions.length === 0) return null
  const found = await EngagementListings.find({ $and: conditions }, { _id: 1 })
    .limit(most)
    .lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}

/** How many engagements have the key, from the index alone. */
export async function countListed(key: string): Promise<number> {
  return EngagementListings.countDocuments({ keys: key })
}

const remembered = new Map<Model<Listing>, { at: number; keys: string[] }>()
const rememberFor = 60_000

/**
 * Every value some record has, of these filters: what a choice offers. It goes over the whole index, so it is asked once a
 * minute, and anew when this process has changed an entry.
 */
export async function keysInUse(
  listings: Model<Listing>,
  filters: readonly string[],
  now: Date,
): Promise<Map<string, string[]>> {
  let known = remembered.get(listings)
  if (!known || Math.abs(now.getTime() - known.at) > rememberFor) {
    // The bound keeps it on the index.
    known = { at: now.getTime(), keys: await listings.distinct('keys', { keys: { $gte: '' } }) }
    remembered.set(listings, known)
  }
  const all = known.keys
  return new Map(
    filters.map((name) => [
      name,
      all.filter((key) => key.startsWith(`${name}:`)).map((key) => key.slice(name.length + 1)),
    ]),
  )
}

export function forgetKeysInUse(): void {
  remembered.clear()
}

function conditions({ q, keys, ids }: ListingFilter): QueryFilter<Listing> {
  const all: QueryFilter<Listing>[] = [
    ...searchConditions('tokens', q),
    ...keys.map((each) => ({ keys: { $in: [...each] } })),
    ...(ids.length > 0 ? [{ reference: { $in: [...ids] } }] : []),
  ]
  return all.length === 0 ? {} : { $and: all }
}
