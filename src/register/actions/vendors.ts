import { record } from '../../audit-log/actions.js'
import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReference } from '../../db/counters.js'
import { danishSortKey, searchTokens } from '../../db/keys.js'
import {
  engagementsOf,
  insertVendor,
  isApprovedFrom,
  sitesRunBy,
  vendorByReference,
  VendorModel,
} from '../records.js'
import {
  changesToApproved,
  contentOf,
  vendorFacts,
  withVersion,
  type ChangeKind,
  type Vendor,
  type VendorContact,
  type VendorContent,
  type VendorFacts,
} from '../rules.js'
import { changedParts } from '../rules/trail.js'
import type { Which } from './services.js'

/** A contact keeps its id over a change; a new one has none yet. */
export type VendorInput = Omit<VendorFacts, 'contacts'> & {
  contacts: (Omit<VendorContact, 'id'> & { id?: string })[]
}

/** `from`: since when the facts are known to hold, today unless said; for lists older than the register. `_id`: given by whoever may have to go on where a crash ended it. */
export type NewVendor = VendorInput & { from?: Day; sample?: boolean; _id?: string }

const personal = ['name', 'address', 'contacts', 'website', 'noRegistrationBecause', 'registration']
export const optionalVendorFacts = ['noRegistrationBecause', 'website'] as const

export async function createVendor(context: Context, input: NewVendor): Promise<Vendor> {
  const { from = context.today, sample = false } = input
  const facts = vendorFacts(withContactIds(input))
  const reference = await nextReference('V', null)
  const vendor = await insertVendor(
    {
      _id: input._id ?? newId(),
      reference,
      ...facts,
      ...foundBy(reference, facts),
      versions: [{ from, content: facts }],
      endedOn: null,
      sample,
    },
    {
      at: context.now,
      by: context.actor,
      event: 'vendor.added',
      facts: { country: facts.country, sample },
      personal: { ...facts },
    },
  )
  await record(VendorModel, vendor)
  return vendor
}

/**
 * New facts from today on, on every list the vendor stands on. `because` is asked where they change what customers have
 * approved: see `changesByVendorEdit`. Throws `Refused('change-needs-reason')` without it.
 */
export async function editVendor(
  context: Context,
  which: Which,
  input: VendorInput,
  because?: string,
): Promise<Vendor> {
  const vendor = await vendorAsSeen(which)
  const facts = vendorFacts(withContactIds(input))
  const changes = changedParts(vendorFacts(vendor), facts, personal)
  if (!changes) return vendor
  const beyond = await changesOf(vendor, facts, context.today)
  if (beyond.length > 0 && because === undefined) throw new Refused('change-needs-reason')
  return moved(
    context,
    vendor,
    {
      ...facts,
      ...foundBy(vendor.reference, facts),
      versions: withVersion(vendor.versions, facts, context.today),
    },
    optionalVendorFacts.filter((field) => facts[field] === undefined),
    {
      event: 'vendor.edited',
      facts: { ...changes.facts, ...(beyond.length > 0 ? { changesApproved: beyond } : {}) },
      personal: { ...changes.personal, ...(because === undefined ? {} : { because }) },
    },
  )
}

/** What of that which customers have approved the new facts would change, over all of the vendor's engagements. */
export async function changesByVendorEdit(
  reference: string,
  input: VendorInput,
  today: Day,
): Promise<ChangeKind[]> {
  const vendor = await vendorByReference(reference)
  if (!vendor) throw new NotFound()
  return changesOf(vendor, vendorFacts(withContactIds(input)), today)
}

async function changesOf(vendor: Vendor, facts: VendorFacts, today: Day): Promise<ChangeKind[]> {
  const kinds = new Set<ChangeKind>()
  for (const engagement of await engagementsOf(vendor._id)) {
    const changes = changesToApproved(
      contentOf(vendor._id, vendor, engagement),
      contentOf(vendor._id, facts, engagement),
    )
    if (changes.length > 0 && (await isApprovedFrom(engagement._id, today)))
      changes.forEach((kind) => kinds.add(kind))
  }
  return [...kinds]
}

/** The cooperation is over. Refused while an engagement runs. */
export async function endVendor(
  context: Context,
  which: Which,
  { on, because }: { on: Day; because: string },
): Promise<Vendor> {
  const vendor = await vendorAsSeen(which)
  if (vendor.endedOn !== null) throw new Refused('vendor-already-ended')
  const running = (await engagementsOf(vendor._id)).filter(({ endedOn }) => endedOn === null)
  if (running.length > 0) throw new Refused('vendor-has-engagements', { count: running.length })
  const sites = await sitesRunBy(vendor._id)
  if (sites.length > 0) throw new Refused('vendor-runs-sites', { count: sites.length })
  const move = { event: 'vendor.ended', facts: { on }, personal: { because } }
  return moved(context, vendor, { endedOn: on, endedBecause: because }, [], move)
}

function moved(
  context: Context,
  vendor: Vendor,
  set: Partial<VendorContent>,
  unset: readonly (keyof VendorContent)[],
  said: Said,
): Promise<Vendor> {
  return mustMove(context, VendorModel, vendor, set, said, unset)
}

async function vendorAsSeen({ reference, version }: Which): Promise<Vendor> {
  const vendor = await vendorByReference(reference)
  if (!vendor) throw new NotFound()
  if (vendor.version !== version) throw new Refused('changed-meanwhile')
  return vendor
}

function withContactIds(input: VendorInput): VendorFacts {
  return { ...input, contacts: input.contacts.map((contact) => ({ ...contact, id: contact.id ?? newId() })) }
}

export function foundBy(reference: string, facts: VendorFacts): { sortKey: string; tokens: string[] } {
  const number = facts.registration?.number
  return {
    sortKey: danishSortKey(facts.name),
    // A number is searched for with and without the dash and spaces it is printed with.
    tokens: searchTokens(
      reference,
      facts.name,
      number,
      number?.replace(/[^\p{L}\p{N}]/gu, ''),
      facts.website,
    ),
  }
}
