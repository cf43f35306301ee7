import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { nextReferences } from '../../db/counters.js'
import { danishSortKey, searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import {
  EngagementModel,
  engagementsByIds,
  insertNewEngagements,
  insertNewVendors,
  VendorModel,
  vendorsByIds,
} from '../records.js'
import { engagementFacts, vendorFacts, type Engagement, type Vendor } from '../rules.js'
import { termsOf } from '../rules/terms.js'
import { apart } from '../rules/trail.js'
import type { NewEngagement } from './engagements.js'
import type { NewVendor } from './vendors.js'

const batch = 1000

/**
 * Many vendors at once, each under an id that follows from where it came from, so that a repeat makes no second one. Returns
 * those that are new.
 */
export async function addImportedVendors(
  context: Context,
  inputs: readonly (NewVendor & { _id: string })[],
): Promise<Vendor[]> {
  const added: Vendor[] = []
  for (let at = 0; at < inputs.length; at += batch) {
    const some = inputs.slice(at, at + batch)
    const known = new Set((await vendorsByIds(some.map(({ _id }) => _id))).map(({ _id }) => _id))
    const fresh = some.filter(({ _id }) => !known.has(_id))
    const references = await nextReferences('V', fresh.length)
    const vendors = fresh.map((input, place) => vendorFrom(context, input, references[place] ?? ''))
    if ((await insertNewVendors(vendors)) < vendors.length) throw new Refused('changed-meanwhile')
    await record(VendorModel, vendors)
    added.push(...vendors)
  }
  return added
}

function vendorFrom(context: Context, input: NewVendor & { _id: string }, reference: string): Vendor {
  const { _id, from = context.today, sample = false } = input
  const contacts = input.contacts.map((contact) => ({ ...contact, id: contact.id ?? newId() }))
  const facts = vendorFacts({ ...input, contacts })
  const number = facts.registration?.number
  return {
    _id,
    reference,
    ...facts,
    sortKey: danishSortKey(facts.name),
    tokens: searchTokens(
      reference,
      facts.name,
      number,
      number?.replace(/[^\p{L}\p{N}]/gu, ''),
      facts.website,
    ),
    versions: [{ from, content: facts }],
    endedOn: null,
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'vendor.added',
      facts: { country: facts.country, sample },
      personal: { ...facts },
    }),
  }
}

/**
 * The same for engagements. A basis that has died is taken in as it was found: a finding, which the register shows as critical,
 * and no reason to hide what an old paper says.
 */
export async function addImportedEngagements(
  context: Context,
  inputs: readonly (NewEngagement & { _id: string })[],
): Promise<Engagement[]> {
  const added: Engagement[] = []
  for (let at = 0; at < inputs.length; at += batch) {
    const some = inputs.slice(at, at + batch)
    const known = new Set((await engagementsByIds(some.map(({ _id }) => _id))).map(({ _id }) => _id))
    const fresh = some.filter(({ _id }) => !known.has(_id))
    const references = await nextReferences('E', fresh.length)
    const engagements = fresh.map((input, place) => engagementFrom(context, input, references[place] ?? ''))
    if ((await insertNewEngagements(engagements)) < engagements.length) throw new Refused('changed-meanwhile')
    await record(EngagementModel, engagements)
    added.push(...engagements)
  }
  return added
}

function engagementFrom(
  context: Context,
  input: NewEngagement & { _id: string },
  reference: string,
): Engagement {
  const { _id, vendor, from = context.today, inUse = { since: null, until: null }, sample = false } = input
  const facts = engagementFacts(input)
  const terms = termsOf(input)
  const content = apart({ ...facts, ...terms }, ['activity', 'places', 'dueDiligence', 'assurance'])
  return {
    _id,
    reference,
    vendor,
    ...facts,
    ...terms,
    inUse,
    earlierUse: [],
    versions: [{ from, content: facts }],
    endedOn: null,
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'engagement.added',
      facts: { vendor, from, inUse, sample, ...content.facts },
      personal: content.personal,
    }),
  }
}
