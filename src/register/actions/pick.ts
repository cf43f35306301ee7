import type { Context } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { PickSource } from '../../lists/picker.js'
import { referenceIn, type Pickable } from '../../lists/picking.js'
import {
  bringListsUpToDate,
  EngagementListings,
  engagementById,
  engagementByReference,
  listedEngagements,
  listedVendors,
  listingPage,
  vendorById,
  vendorByReference,
  VendorListings,
} from '../records.js'
import type { Engagement, EngagementState, Vendor } from '../rules.js'

/** What a form's reader takes: ids where they are stored, references where they are looked up. */
export type PickedBy = 'id' | 'reference'

const running = ['planned', 'approved', 'in-use'] as const

/** Vendors that have not ended, by the words of their entry in the list. */
export function vendorsToPick({ today }: Context, by: PickedBy): PickSource {
  return {
    url: '/choices/vendors',
    find: async (words, most) => {
      await bringListsUpToDate(today)
      const filter = { q: words, keys: [['state:active']], ids: [] }
      const { rows } = await listingPage(VendorListings, filter, 'name', undefined, most)
      const vendors = await listedVendors(rows.map(({ _id }) => _id))
      return rows.flatMap(({ _id }) => {
        const vendor = vendors.get(_id)
        return vendor && vendor.endedOn === null ? [vendorPicked(vendor, by)] : []
      })
    },
    exact: async (asked) => {
      const reference = referenceIn(asked)
      const vendor = await (reference === null ? vendorById(asked) : vendorByReference(reference))
      return vendor && vendorPicked(vendor, by)
    },
  }
}

export type FoundEngagement = { engagement: Engagement; vendor: Vendor }

export type EngagementsAsked = {
  role?: Engagement['role']
  states?: readonly Exclude<EngagementState, 'ended'>[]
  /** Which of those found are offered, as asked of some at a time; all where it is left out. */
  offered?: (found: readonly FoundEngagement[]) => Promise<ReadonlySet<string>>
  /** Not offered: what the form is about. */
  except?: string | undefined
}

/** Engagements that have not ended, by their vendors' names. */
export function engagementsToPick(
  context: Context,
  by: PickedBy,
  asked: EngagementsAsked = {},
  url = asked.role === undefined ? '/choices/engagements' : `/choices/engagements?role=${asked.role}`,
): PickSource {
  return {
    url,
    find: (words, most) => findEngagements(context, by, asked, words, most),
    exact: async (typed) => {
      const reference = referenceIn(typed)
      const engagement = await (reference === null ? engagementById(typed) : engagementByReference(reference))
      const vendor = engagement && (await vendorById(engagement.vendor))
      return vendor && engagementPicked({ engagement, vendor }, by, context)
    },
  }
}

/** So many pages are looked through for what is offered: who finds nothing among the first types more. */
const mostPages = 10
const leastAPage = 25

async function findEngagements(
  context: Context,
  by: PickedBy,
  { role, states = running, offered, except }: EngagementsAsked,
  words: string,
  most: number,
): Promise<Pickable[]> {
  await bringListsUpToDate(context.today)
  const keys = [states.map((state) => `state:${state}`), ...(role === undefined ? [] : [[`role:${role}`]])]
  const filter = { q: words, keys, ids: [] }
  const picked: Pickable[] = []
  let cursor: string | null | undefined
  for (let page = 0; page < mostPages && cursor !== null && picked.length < most; page += 1) {
    const size = Math.max(leastAPage, most + 1)
    const { rows, next } = await listingPage(EngagementListings, filter, 'name', cursor, size)
    const [engagements, vendors] = await Promise.all([
      listedEngagements({ _id: { $in: rows.map(({ _id }) => _id) } }),
      listedVendors([...new Set(rows.map(({ vendor }) => vendor))]),
    ])
    const found = rows.flatMap(({ _id, vendor: vendorId }): FoundEngagement[] => {
      const [engagement, vendor] = [engagements.get(_id), vendors.get(vendorId)]
      const open = engagement && vendor && engagement.endedOn === null && _id !== except
      return open ? [{ engagement, vendor }] : []
    })
    const among = offered && (await offered(found))
    for (const each of found)
      if (!among || among.has(each.engagement._id)) picked.push(engagementPicked(each, by, context))
    cursor = next
  }
  return picked.slice(0, most)
}

function vendorPicked({ _id, reference, name }: Vendor, by: PickedBy): Pickable {
  return { value: by === 'id' ? _id : reference, reference, name }
}

function engagementPicked(
  { engagement: { _id, reference, activity, endedOn }, vendor }: FoundEngagement,
  by: PickedBy,
  { locale }: Context,
): Pickable {
  // What stands there is kept by saving something else, also where it has ended: it is not offered, but named.
  const over = endedOn === null ? '' : `, ${textIn(locale)('register:state.ended').toLowerCase()}`
  const value = by === 'id' ? _id : reference
  return { value, reference, name: vendor.name + over, detail: activity[locale] || activity.da }
}
