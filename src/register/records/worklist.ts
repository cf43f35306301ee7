import { dayOf, type Day } from '../../base/day.js'
import type { LawOn } from '../../transfers/rules.js'
import {
  completeForList,
  factsAsked,
  lastLook,
  mainContact,
  runningForList,
  type AskedContent,
  type AskedContract,
  type AskedRecord,
  type RegisterTally,
  type Tally,
  type VendorContact,
} from '../rules.js'
import { EngagementModel } from './engagements.js'
import { countListed, EngagementListings, VendorListings } from './listings.js'
import { VendorModel } from './vendors.js'

/** What the whole register is asked for and holds. The lists must be up to date. */
export async function wholeTally(): Promise<RegisterTally> {
  const [tally, records, complete] = await Promise.all([
    summed(),
    countListed(runningForList),
    countListed(completeForList),
  ])
  return { ...tally, subProcessors: { records, complete } }
}

async function summed(): Promise<Tally> {
  const sum = (field: keyof Tally) => ({ $sum: `$tally.${field}` })
  const [tally] = await VendorListings.aggregate<Tally>([
    { $match: { 'tally.records': { $gt: 0 } } },
    {
      $group: {
        _id: null,
        records: sum('records'),
        complete: sum('complete'),
        asked: sum('asked'),
        held: sum('held'),
      },
    },
    { $project: { _id: 0 } },
  ])
  return tally ?? { records: 0, complete: 0, asked: 0, held: 0 }
}

/** `keys`: all of them must be there, as the lists know them: 'missing:contact', 'role:sub-processor'. */
export type WorkKeys = readonly string[]

const having = (keys: WorkKeys) => ({ $and: keys.map((key) => ({ keys: key })) })

/** Counting stops here; beyond it nobody reads the number. */
const mostCounted = 1000

export async function countWork(of: 'engagements' | 'vendors', keys: WorkKeys): Promise<number> {
  const listings = of === 'engagements' ? EngagementListings : VendorListings
  return listings.countDocuments(having(keys)).limit(mostCounted + 1)
}

/** Ids in the order of the vendors' names. */
export async function workIds(
  of: 'engagements' | 'vendors',
  keys: WorkKeys,
  skip: number,
  limit: number,
): Promise<string[]> {
  if (limit <= 0) return []
  const listings = of === 'engagements' ? EngagementListings : VendorListings
  const rows = await listings
    .find(having(keys), { _id: 1 })
    .sort({ sortKey: 1, _id: 1 })
    .skip(skip)
    .limit(limit)
    .lean<{ _id: string }[]>()
  return rows.map(({ _id }) => _id)
}

type EngagementPart = Omit<AskedRecord, 'vendorReference' | 'vendorName' | 'facts'> &
  Pick<AskedContent, 'dataCategories' | 'subjects' | 'storageCountries' | 'accessCountries' | 'transfers'> & {
    contract: AskedContract | null
  }

type VendorPart = Pick<AskedContent, 'registration' | 'noRegistrationBecause' | 'address'> & {
  _id: string
  reference: string
  name: string
  contacts: VendorContact[]
}

const engagementParts = {
  reference: 1,
  vendor: 1,
  role: 1,
  services: 1,
  activity: 1,
  dataCategories: 1,
  subjects: 1,
  storageCountries: 1,
  accessCountries: 1,
  parent: 1,
  'transfers.country': 1,
  'contract.signedOn': 1,
  'contract.template': 1,
  'contract.check': 1,
} as const

const vendorParts = {
  reference: 1,
  name: 1,
  'registration.number': 1,
  noRegistrationBecause: 1,
  address: 1,
  contacts: 1,
} as const

/** The engagements with what they are asked for, in the order of the ids. Reads none of the histories. */
export async function askedRecords(ids: readonly string[], at: LawOn): Promise<AskedRecord[]> {
  const engagements = await EngagementModel.find({ _id: { $in: ids } }, engagementParts).lean<
    EngagementPart[]
  >()
  const vendors = new Map(
    (
      await VendorModel.find(
        { _id: { $in: [...new Set(engagements.map(({ vendor }) => vendor))] } },
        vendorParts,
      ).lean<VendorPart[]>()
    ).map((vendor) => [vendor._id, vendor]),
  )
  const byId = new Map(engagements.map((engagement) => [engagement._id, engagement]))
  return ids.flatMap((id) => {
    const engagement = byId.get(id)
    const vendor = engagement && vendors.get(engagement.vendor)
    return vendor ? [asked(engagement, vendor, at)] : []
  })
}

function asked(engagement: EngagementPart, vendor: VendorPart, at: LawOn): AskedRecord {
  const { _id, reference, role, services, activity, parent } = engagement
  const content: AskedContent = {
    ...engagement,
    transfers: engagement.transfers ?? [],
    vendorName: vendor.name,
    registration: vendor.registration ?? null,
    ...(vendor.noRegistrationBecause === undefined
      ? {}
      : { noRegistrationBecause: vendor.noRegistrationBecause }),
    address: vendor.address,
    contact: mainContact(vendor.contacts),
  }
  return {
    _id,
    reference,
    role,
    services,
    activity,
    parent,
    vendor: vendor._id,
    vendorReference: vendor.reference,
    vendorName: vendor.name,
    facts: factsAsked(content, engagement.contract, at),
  }
}

/** The vendors' references and names, in the order of the ids. */
export async function lackingVendors(ids: readonly string[]): Promise<{ reference: string; name: string }[]> {
  const rows = await VendorModel.find({ _id: { $in: ids } }, { reference: 1, name: 1 }).lean<
    { _id: string; reference: string; name: string }[]
  >()
  const byId = new Map(rows.map((row) => [row._id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Complete sub-processors, and the day each was last looked over; longest ago first, no day at all before any. */
export async function completeByLook(zone: string): Promise<{ _id: string; lookedOver: Day | null }[]> {
  const running = { $in: ['state:planned', 'state:approved', 'state:in-use'] }
  const complete = await EngagementListings.distinct('_id', {
    $and: [{ keys: 'missing:none' }, { keys: 'role:sub-processor' }, { keys: running }],
  })
  const rows = await EngagementModel.find(
    { _id: { $in: complete } },
    { 'moves.at': 1, 'moves.event': 1 },
  ).lean<{ _id: string; moves: { at: Date; event: string }[] }[]>()
  return rows
    .map(({ _id, moves }) => {
      const last = lastLook(moves)
      return { _id, lookedOver: last && dayOf(last, zone) }
    })
    .toSorted((a, b) => ((a.lookedOver ?? '') < (b.lookedOver ?? '') ? -1 : 1))
}
