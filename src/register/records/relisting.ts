import type { Model } from 'mongoose'
import { addDays, type Day } from '../../base/day.js'
import {
  listingsOf,
  type ListedEngagement,
  type ListedVendor,
  type Listing,
  type Outlook,
} from '../rules/listing.js'
import { sameContent, type Engagement, type Vendor } from '../rules.js'
import { approvalOutlook, everApproved } from './approvals.js'
import { EngagementModel } from './engagements.js'
import { EngagementListings, forgetKeysInUse, VendorListings } from './listings.js'
import { allServices } from './services.js'
import { VendorModel } from './vendors.js'

// A vendor's entry and those of its engagements are made together, since each holds something of the others.
const batch = 200
const lastMove = { moves: { $slice: -1 }, versions: 0 } as const
const unlisted = { listed: false } as object
const listed = { $set: { listed: true } } as object

/** After what changes entries without moving their records: a service's name, an approval. The next reader makes them anew. */
export async function markUnlisted(
  which: { engagements: readonly string[] } | { service: string },
): Promise<void> {
  const those = 'service' in which ? { services: which.service } : { _id: { $in: [...which.engagements] } }
  await EngagementModel.updateMany(those, { $set: unlisted })
}

/** Makes anew whatever is known to be out of step: records marked so in the change itself, and entries whose day has come. */
export async function bringListsUpToDate(today: Day): Promise<number> {
  const [vendors, engagements, turned, turnedVendors] = await Promise.all([
    VendorModel.distinct('_id', unlisted),
    EngagementModel.distinct('vendor', unlisted),
    EngagementListings.distinct('vendor', { turnsOn: { $lte: today } }),
    VendorListings.distinct('_id', { turnsOn: { $lte: today } }),
  ])
  return relist([...new Set([...vendors, ...engagements, ...turned, ...turnedVendors])], today)
}

/** Entries that do not stand for the present records: what a crash left, what is older than the lists, what is gone. */
export async function vendorsOutOfStep(): Promise<string[]> {
  const [vendors, engagements, entries, vendorEntries] = await Promise.all([
    VendorModel.find({}, { version: 1 }).lean<{ _id: string; version: number }[]>(),
    EngagementModel.find({}, { vendor: 1, version: 1 }).lean<
      { _id: string; vendor: string; version: number }[]
    >(),
    EngagementListings.find({}, { vendor: 1 }).lean<{ _id: string; vendor: string }[]>(),
    VendorListings.find({}, { made: 1 }).lean<{ _id: string; made: number }[]>(),
  ])
  const sums = new Map(vendors.map(({ _id, version }) => [_id, version]))
  for (const { vendor, version } of engagements) sums.set(vendor, (sums.get(vendor) ?? 0) + version)
  const made = new Map(vendorEntries.map((entry) => [entry._id, entry.made]))
  const present = new Map(entries.map(({ _id, vendor }) => [_id, vendor]))
  const known = new Set(engagements.map(({ _id }) => _id))
  return [
    ...new Set([
      ...[...sums].filter(([id, sum]) => made.get(id) !== sum).map(([id]) => id),
      ...vendorEntries.filter(({ _id }) => !sums.has(_id)).map(({ _id }) => _id),
      ...engagements.filter(({ _id }) => !present.has(_id)).map(({ vendor }) => vendor),
      ...entries.filter(({ _id }) => !known.has(_id)).map(({ vendor }) => vendor),
    ]),
  ]
}

/** The next vendors in the order of their ids, to look over again and again: approvals carry no version that could be compared. */
export async function vendorsAfter(id: string, count: number): Promise<string[]> {
  const found = await VendorModel.find({ _id: { $gt: id } }, { _id: 1 })
    .sort({ _id: 1 })
    .limit(count)
    .lean<{ _id: string }[]>()
  return found.map(({ _id }) => _id)
}

/** Makes the entries of these vendors anew; returns how many were otherwise before. */
export async function relist(vendors: readonly string[], today: Day): Promise<number> {
  if (vendors.length === 0) return 0
  const services = new Map((await allServices()).map(({ _id, name }) => [_id, name]))
  let changed = 0
  for (let at = 0; at < vendors.length; at += batch)
    changed += await relistSome(vendors.slice(at, at + batch), services, today)
  return changed
}

async function relistSome(
  ids: readonly string[],
  services: Parameters<typeof listingsOf>[2],
  today: Day,
): Promise<number> {
  const [vendors, engagements] = await Promise.all([
    VendorModel.find({ _id: { $in: ids } }, lastMove).lean<ListedVendor[]>(),
    EngagementModel.find({ vendor: { $in: ids } }, lastMove).lean<ListedEngagement[]>(),
  ])
  const outlooks = await outlooksOf(engagements, today)
  const by = new Map<string, ListedEngagement[]>()
  for (const engagement of engagements)
    by.set(engagement.vendor, [...(by.get(engagement.vendor) ?? []), engagement])
  const made = vendors.map((vendor) =>
    listingsOf(vendor, by.get(vendor._id) ?? [], services, outlooks, today),
  )
  const changed =
    (await keep(
      VendorListings,
      { _id: { $in: ids } },
      made.map(({ vendor }) => vendor),
    )) +
    (await keep(
      EngagementListings,
      { vendor: { $in: ids } },
      made.flatMap((each) => each.engagements),
    ))
  await markListed(VendorModel as unknown as Model<Versioned>, vendors)
  await markListed(EngagementModel as unknown as Model<Versioned>, engagements)
  return changed
}

async function outlooksOf(
  engagements: readonly ListedEngagement[],
  today: Day,
): Promise<Map<string, Outlook>> {
  const open = engagements.filter(({ endedOn }) => endedOn === null || endedOn > today)
  // Of most that are new nobody has ever been told, and one question says so of all of them.
  const ever = new Set(await everApproved(open.map(({ _id }) => _id)))
  const asked = open.filter(({ _id }) => ever.has(_id))
  const outlooks = new Map<string, Outlook>()
  for (let at = 0; at < asked.length; at += 50) {
    const some = asked.slice(at, at + 50)
    const found = await Promise.all(some.map(({ _id }) => approvalOutlook(_id, today, addDays(today, 1))))
    some.forEach(({ _id }, place) => outlooks.set(_id, found[place] as Outlook))
  }
  return outlooks
}

/** Writes the entries that differ and removes those nothing stands behind any more. */
async function keep(listings: Model<Listing>, those: object, entries: readonly Listing[]): Promise<number> {
  const before = new Map((await listings.find(those).lean<Listing[]>()).map((entry) => [entry._id, entry]))
  const differing = entries.filter((entry) => !sameEntry(before.get(entry._id), entry))
  const gone = [...before.keys()].filter((id) => !entries.some(({ _id }) => _id === id))
  const writes = differing.map((entry) => ({
    replaceOne: { filter: { _id: entry._id }, replacement: entry, upsert: true },
  }))
  if (writes.length > 0) await listings.bulkWrite(writes as never[], { ordered: false })
  if (gone.length > 0) await listings.deleteMany({ _id: { $in: gone } })
  if (differing.length + gone.length > 0) forgetKeysInUse()
  return differing.length + gone.length
}

function sameEntry(before: Listing | undefined, entry: Listing): boolean {
  if (!before || before.changedAt.getTime() !== entry.changedAt.getTime()) return false
  const now = entry.changedAt
  return sameContent({ ...before, changedAt: now }, { ...entry, changedAt: now })
}

type Versioned = Pick<Vendor | Engagement, '_id' | 'version'>

/** Unless somebody has changed one meanwhile: then none counts as listed, and all are made anew. */
async function markListed(records: Model<Versioned>, seen: readonly Versioned[]): Promise<void> {
  if (seen.length === 0) return
  const { matchedCount } = await records.bulkWrite(
    seen.map(({ _id, version }) => ({ updateOne: { filter: { _id, version }, update: listed } })) as never[],
    { ordered: false },
  )
  if (matchedCount === seen.length) return
  await records.updateMany({ _id: { $in: seen.map(({ _id }) => _id) } }, { $set: unlisted })
}

/** The records behind entries of a list, by id, without their histories. */
export async function listedEngagements(
  those: { _id: { $in: string[] } } | { vendor: { $in: string[] } },
): Promise<Map<string, Engagement>> {
  const found = await EngagementModel.find(those, { moves: 0, versions: 0 }).lean<Engagement[]>()
  return new Map(found.map((engagement) => [engagement._id, engagement]))
}

export async function listedVendors(ids: readonly string[]): Promise<Map<string, Vendor>> {
  const found = await VendorModel.find({ _id: { $in: ids } }, { moves: 0, versions: 0 }).lean<Vendor[]>()
  return new Map(found.map((vendor) => [vendor._id, vendor]))
}
