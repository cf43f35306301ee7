/** Entries and spans made anew from the records, and stamped when they have changed. */
import type { Model } from 'mongoose'
import type { Day } from '../../base/day.js'
import { lawNow } from '../../transfers/actions.js'
import type { Law } from '../../transfers/rules.js'
import { listingsOf, type ListedEngagement, type ListedVendor, type Outlook } from '../rules/listing.js'
import { daysHeld, outlookOf, sameContent, spansOf, type Engagement, type Vendor } from '../rules.js'
import { EngagementModel } from './engagements.js'
import { EngagementListings, forgetKeysInUse, VendorListings } from './listings.js'
import { stampLists } from './list-stamp.js'
import { allServices } from './services.js'
import { approvalDays, ListSpans } from './spans.js'
import { VendorModel } from './vendors.js'

// A vendor's entry and those of its engagements are made together, since each holds something of the others.
const batch = 200
const lastMove = { moves: { $slice: -1 } } as const
const unlisted = { listed: false } as object

/** Makes the entries of these vendors anew; returns how many were otherwise before. */
export async function relist(vendors: readonly string[], today: Day): Promise<number> {
  if (vendors.length === 0) return 0
  const [law, all] = await Promise.all([lawNow(), allServices()])
  const services = new Map(all.map(({ _id, name }) => [_id, name]))
  let changed = 0
  for (let at = 0; at < vendors.length; at += batch)
    changed += await relistSome(vendors.slice(at, at + batch), services, law, today)
  return changed
}

async function relistSome(
  ids: readonly string[],
  services: Parameters<typeof listingsOf>[2],
  law: Law,
  today: Day,
): Promise<number> {
  const [vendors, engagements] = await Promise.all([
    VendorModel.find({ _id: { $in: ids } }, lastMove).lean<ListedVendor[]>(),
    EngagementModel.find({ vendor: { $in: ids } }, lastMove).lean<ListedEngagement[]>(),
  ])
  const approved = await approvalDays(engagements.map(({ _id }) => _id))
  const held = new Map([...approved].map(([id, days]) => [id, daysHeld(days)]))
  const outlooks = new Map([...held].map(([id, days]): [string, Outlook] => [id, outlookOf(days, today)]))
  const by = new Map<string, ListedEngagement[]>()
  for (const engagement of engagements)
    by.set(engagement.vendor, [...(by.get(engagement.vendor) ?? []), engagement])
  const made = vendors.map((vendor) =>
    listingsOf(vendor, by.get(vendor._id) ?? [], services, outlooks, { law, day: today }),
  )
  const spans = vendors.flatMap((vendor) =>
    (by.get(vendor._id) ?? []).flatMap((each) => spansOf(vendor, each, held.get(each._id) ?? [])),
  )
  const own = { vendor: { $in: ids } }
  const writes = await Promise.all([
    differing(
      VendorListings,
      { _id: { $in: ids } },
      made.map(({ vendor }) => vendor),
    ),
    differing(
      EngagementListings,
      own,
      made.flatMap((each) => each.engagements),
    ),
    differing(ListSpans, own, spans),
  ])
  const changed = writes.reduce((sum, { count }) => sum + count, 0)
  await keep(ids, [...vendors, ...engagements], writes, changed)
  await markListed(VendorModel as unknown as Model<Versioned>, vendors)
  await markListed(EngagementModel as unknown as Model<Versioned>, engagements)
  return changed
}

type Differing = { count: number; write: () => Promise<void> }

/** What differs is stamped after it is written, and before its records count as listed: a reader in between does it again. */
async function keep(
  vendors: readonly string[],
  records: readonly Versioned[],
  writes: readonly Differing[],
  changed: number,
): Promise<void> {
  if (changed > 0) {
    await VendorModel.updateMany({ _id: { $in: [...vendors] } }, { $set: unlisted })
    for (const { write } of writes) await write()
    forgetKeysInUse()
  }
  if (changed > 0 || records.some(({ listed }) => listed !== true)) await stampLists()
}

type Dated = { _id: string; changedAt?: Date | undefined }

/** Entries that are otherwise than they were, and those nothing stands behind any more. */
async function differing<Entry extends Dated>(
  model: Model<Entry>,
  those: object,
  entries: readonly Entry[],
): Promise<Differing> {
  const before = new Map((await model.find(those).lean<Entry[]>()).map((entry) => [entry._id, entry]))
  const present = new Set(entries.map(({ _id }) => _id))
  const others = entries.filter((entry) => !sameEntry(before.get(entry._id), entry))
  const gone = [...before.keys()].filter((id) => !present.has(id))
  const writes = others.map((entry) => ({
    replaceOne: { filter: { _id: entry._id }, replacement: entry, upsert: true },
  }))
  return {
    count: others.length + gone.length,
    write: async () => {
      if (gone.length > 0) await model.deleteMany({ _id: { $in: gone } } as object)
      if (writes.length > 0) await model.bulkWrite(writes as never[], { ordered: false })
    },
  }
}

function sameEntry(before: Dated | undefined, entry: Dated): boolean {
  if (!before || before.changedAt?.getTime() !== entry.changedAt?.getTime()) return false
  const now = entry.changedAt
  return sameContent({ ...before, changedAt: now }, { ...entry, changedAt: now })
}

type Versioned = Pick<Vendor | Engagement, '_id' | 'version'> & { listed?: boolean; marks?: number }

/** Unless something has changed meanwhile, or is being changed: then it is made anew by the next reader. */
async function markListed(records: Model<Versioned>, seen: readonly Versioned[]): Promise<void> {
  if (seen.length === 0) return
  const done = { $set: { listed: true }, $unset: { holds: 1 } }
  const unheld = { 'holds.until': { $not: { $gt: new Date() } } }
  const each = (filterOf: (version: number, marks: number | null) => object, update: object) =>
    seen.map(({ _id, version, marks }) => ({
      updateOne: { filter: { _id, ...filterOf(version, marks ?? null) }, update },
    })) as never[]
  const { matchedCount } = await records.bulkWrite(
    each((version, marks) => ({ version, marks, ...unheld }), done),
    { ordered: false },
  )
  if (matchedCount === seen.length) return
  await records.bulkWrite(
    each((version, marks) => ({ $or: [{ version: { $ne: version } }, { marks: { $ne: marks } }] }), {
      $set: unlisted,
    }),
    { ordered: false },
  )
}
