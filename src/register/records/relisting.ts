import type { Day } from '../../base/day.js'
import { newId } from '../../base/ids.js'
import { askedTogether } from '../../db/asked-together.js'
import type { Engagement, Vendor } from '../rules.js'
import { relist } from './entries.js'
import { EngagementModel } from './engagements.js'
import { EngagementListings, VendorListings } from './listings.js'
import { listStamp, stampIn, stampLast, stampLists } from './list-stamp.js'
import { VendorModel } from './vendors.js'

const unlisted = { listed: false } as object
const marked = { $set: unlisted, $inc: { marks: 1 } } as object

/**
 * After what changes entries without moving their records: a service's name, an approval, the law on countries. The next reader
 * makes them anew.
 */
export async function markUnlisted(
  which: { engagements: readonly string[] } | { service: string } | { countries: readonly string[] },
): Promise<void> {
  if ('countries' in which) {
    const those = { $in: [...which.countries] }
    await EngagementModel.updateMany({ storageCountries: those }, marked)
    await EngagementModel.updateMany({ accessCountries: those }, marked)
    return
  }
  const those = 'service' in which ? { services: which.service } : { _id: { $in: [...which.engagements] } }
  await EngagementModel.updateMany(those, marked)
}

/** Longer than any batch of approvals takes to write. */
const holdFor = 60_000

/**
 * Writes approvals of these engagements. From before the first is written until after the last every reader makes their entries
 * anew; where the writer dies in between, until the time it would have taken has passed.
 */
export async function whileUnlisted<Result>(
  engagements: readonly string[],
  write: () => Promise<Result>,
): Promise<Result> {
  const those = { _id: { $in: [...engagements] } }
  const id = newId()
  const hold = { id, until: new Date(Date.now() + holdFor) }
  await EngagementModel.updateMany(those, { ...marked, $push: { holds: hold } } as object)
  const result = await write()
  await EngagementModel.updateMany(those, { ...marked, $pull: { holds: { id } } } as object)
  return result
}

/** Once, when entries are derived in another way than before, or from a dump that has none. */
async function markEverything(): Promise<void> {
  await VendorModel.updateMany({}, marked)
  await stampLists()
}

/** Makes anew whatever is known to be out of step: records marked so in the change itself, and entries whose day has come. */
export async function bringListsUpToDate(today: Day): Promise<number> {
  return (await broughtUpToDate(today)).count
}

async function broughtUpToDate(today: Day): Promise<{ count: number; stamp: string | null }> {
  const { some, stamp } = await markedAndStamp()
  if (stamp !== null && some.length === 0 && (await nothingTurned(stamp, today))) return { count: 0, stamp }
  if (stamp === null) await markEverything()
  const marked = stamp === null ? (await markedAndStamp()).some : some
  const count = await relist([...new Set([...marked, ...(await turnedVendors(today))])], today)
  return { count, stamp: await listStamp() }
}

const ofMarked = (vendor: string) => [
  { $match: unlisted },
  { $group: { _id: vendor } },
  { $project: { vendor: '$_id' } },
]
// The stamp is read after the marks: what another process makes anew meanwhile is stamped before its marks go.
const marksThenStamp = {
  of: VendorModel,
  stages: [
    ...ofMarked('$_id'),
    { $unionWith: { coll: EngagementModel.collection.collectionName, pipeline: ofMarked('$vendor') } },
    stampLast,
  ],
}

/** The vendors of which something is marked, and the stamp as it was then. */
async function markedAndStamp(): Promise<{ some: string[]; stamp: string | null }> {
  const rows = await askedTogether(marksThenStamp)
  const some = rows.flatMap(({ vendor }) => (typeof vendor === 'string' ? [vendor] : []))
  return { some, stamp: stampIn(rows) }
}

/** The stamp, where no record is marked: what follows from the records alone, whatever the day is, stands until it is another one. */
export async function standingStamp(): Promise<string | null> {
  const { some, stamp } = await markedAndStamp()
  return some.length === 0 ? stamp : null
}

/** Those of which an entry says that its day has come. */
async function turnedVendors(today: Day): Promise<string[]> {
  const [engagements, vendors] = await Promise.all([
    EngagementListings.distinct('vendor', { turnsOn: { $lte: today } }),
    VendorListings.distinct('_id', { turnsOn: { $lte: today } }),
  ])
  return [...engagements, ...vendors]
}

/** The stamp and day for which that is known: entries are written under another stamp only. */
let quiet = ''

async function nothingTurned(stamp: string, today: Day): Promise<boolean> {
  const key = `${stamp}/${today}`
  if (quiet !== key && (await turnedVendors(today)).length > 0) return false
  quiet = key
  return true
}

/** The same, and the mark under which what is reckoned from the entries may be remembered. */
export async function listsUpToDate(today: Day): Promise<string | null> {
  return (await broughtUpToDate(today)).stamp
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
