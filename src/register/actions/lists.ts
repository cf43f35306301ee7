import type { Context } from '../../base/context.js'
import type { ListQuery } from '../../lists/rules.js'
import {
  approvedAmong,
  bringListsUpToDate,
  countListings,
  EngagementListings,
  keysInUse,
  listedEngagements,
  listedVendors,
  listingPage,
  VendorListings,
  relist,
  type ListingFilter,
  type ListingSort,
} from '../records.js'
import { keysAsked, type EngagementQuery, type VendorQuery } from '../rules/lists.js'
import { engagementState, type Engagement, type Listing, type Vendor } from '../rules.js'

export type ListedPage<Row> = {
  rows: Row[]
  next: string | null
  previous: string | null
  count: { count: number; capped: boolean }
  /** Every value that some record has, by filter: what the choices offer. */
  inUse: ReadonlyMap<string, string[]>
}

export type EngagementEntry = { listing: Listing; engagement: Engagement; vendor: Vendor; approved: boolean }
export type VendorEntry = { listing: Listing; vendor: Vendor; engagements: Engagement[] }

const pageSize = 50
const batch = 500

/** One page of the register of engagements: what matches is found by the entries, what is shown is read from the records. */
export async function engagementPage(
  context: Context,
  query: EngagementQuery,
): Promise<ListedPage<EngagementEntry>> {
  return pageOf(EngagementListings, context, query, (listings) => engagementEntries(listings, context))
}

export async function vendorListPage(context: Context, query: VendorQuery): Promise<ListedPage<VendorEntry>> {
  return pageOf(VendorListings, context, query, vendorEntries)
}

async function pageOf<Row>(
  listings: typeof EngagementListings,
  context: Context,
  query: ListQuery,
  entriesOf: (listings: readonly Listing[]) => Promise<Row[]>,
  again = true,
): Promise<ListedPage<Row>> {
  await bringListsUpToDate(context.today)
  const filter = filterOf(query)
  const [page, count, inUse] = await Promise.all([
    listingPage(listings, filter, query.sort as ListingSort, query.page || undefined, pageSize),
    countListings(listings, filter),
    keysInUse(listings, offered, context.now),
  ])
  const rows = await entriesOf(page.rows)
  if (rows.length < page.rows.length && again) {
    // Something behind an entry has been removed, as when an import is undone.
    await relist([...new Set(page.rows.map(({ vendor }) => vendor))], context.today)
    return pageOf(listings, context, query, entriesOf, false)
  }
  return { ...page, rows, count, inUse }
}

function filterOf(query: ListQuery): ListingFilter {
  return { q: query.q, keys: keysAsked(query), ids: query.ids }
}

/** All that match, however many, in the order of the list: for exports and for doing something to all of them. */
export async function* engagementsMatching(
  context: Context,
  query: EngagementQuery,
): AsyncGenerator<EngagementEntry> {
  await bringListsUpToDate(context.today)
  const filter = filterOf(query)
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listingPage(EngagementListings, filter, query.sort as ListingSort, cursor, batch)
    yield* await engagementEntries(page.rows, context)
    cursor = page.next
  }
}

export async function* vendorsMatching(context: Context, query: VendorQuery): AsyncGenerator<VendorEntry> {
  await bringListsUpToDate(context.today)
  const filter = filterOf(query)
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listingPage(VendorListings, filter, query.sort as ListingSort, cursor, batch)
    yield* await vendorEntries(page.rows)
    cursor = page.next
  }
}

/** Filters whose choices are the values that occur; the others have few and fixed ones. */
const offered = ['country', 'storage', 'access', 'seat', 'basis'] as const

async function engagementEntries(
  listings: readonly Listing[],
  { today }: Context,
): Promise<EngagementEntry[]> {
  const ids = listings.map(({ _id }) => _id)
  const [engagements, vendors] = await Promise.all([
    listedEngagements({ _id: { $in: ids } }),
    listedVendors([...new Set(listings.map(({ vendor }) => vendor))]),
  ])
  // Whether anyone has approved it makes a difference to the word only where it is neither used nor over.
  const idle = [...engagements.values()].filter((each) => engagementState(each, 0, today) === 'planned')
  const approved = await approvedAmong(
    idle.map(({ _id }) => _id),
    today,
  )
  return listings.flatMap((listing): EngagementEntry[] => {
    const engagement = engagements.get(listing._id)
    const vendor = vendors.get(listing.vendor)
    return engagement && vendor
      ? [{ listing, engagement, vendor, approved: approved.has(engagement._id) }]
      : []
  })
}

async function vendorEntries(listings: readonly Listing[]): Promise<VendorEntry[]> {
  const ids = listings.map(({ _id }) => _id)
  const [vendors, engagements] = await Promise.all([
    listedVendors(ids),
    listedEngagements({ vendor: { $in: ids } }),
  ])
  const own = new Map<string, Engagement[]>(ids.map((id) => [id, []]))
  for (const engagement of engagements.values()) own.get(engagement.vendor)?.push(engagement)
  return listings.flatMap((listing): VendorEntry[] => {
    const vendor = vendors.get(listing._id)
    return vendor ? [{ listing, vendor, engagements: own.get(listing._id) ?? [] }] : []
  })
}
