import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { keepReferences } from '../../db/keep-references.js'
import { danishSortKey, searchTokens } from '../../db/keys.js'
import { firstMove } from '../../db/moves.js'
import {
  EngagementModel,
  engagementIdsAmong,
  insertNewEngagements,
  insertNewVendors,
  VendorModel,
  vendorIdsAmong,
} from '../records.js'
import {
  contractSet,
  engagementFacts,
  supervisionFacts,
  vendorFacts,
  type ContractVersion,
  type Engagement,
  type Use,
  type Vendor,
} from '../rules.js'
import { termsOf } from '../rules/terms.js'
import { apart } from '../rules/trail.js'
import type { NewEngagement } from './engagements.js'
import type { NewVendor } from './vendors.js'

/** `reference`: the number it goes by where it comes from, kept where it is free. `ended`: it had ended there. */
type FromElsewhere = {
  _id: string
  reference?: string | undefined
  ended?: { on: Day; because: string } | undefined
}
export type ImportedVendor = NewVendor & FromElsewhere
export type ImportedEngagement = NewEngagement &
  FromElsewhere & {
    earlierUse?: Use[]
    /** Every version of the contract; empty where `contract` says all there is. */
    contracts?: ContractVersion[]
  }

/** Small enough that what is made, written and logged at once takes little memory. */
const batch = 125

/** Those whose ids are not there yet, a batch at a time: written, then logged. Returns how many that were. */
async function addNew<Input extends FromElsewhere, Made>(
  inputs: readonly Input[],
  {
    known,
    references,
    recordOf,
    insert,
    log,
  }: {
    known: (ids: string[]) => Promise<string[]>
    references: (wanted: (string | undefined)[]) => Promise<string[]>
    recordOf: (input: Input, reference: string) => Made
    insert: (records: Made[]) => Promise<number>
    log: (records: Made[]) => Promise<void>
  },
): Promise<number> {
  let added = 0
  for (let at = 0; at < inputs.length; at += batch) {
    const some = inputs.slice(at, at + batch)
    const there = new Set(await known(some.map(({ _id }) => _id)))
    const fresh = some.filter(({ _id }) => !there.has(_id))
    const kept = await references(fresh.map(({ reference }) => reference))
    const records = fresh.map((input, place) => recordOf(input, kept[place] ?? ''))
    if ((await insert(records)) < records.length) throw new Refused('changed-meanwhile')
    await log(records)
    added += records.length
  }
  return added
}

/**
 * Many vendors at once, each under an id that follows from where it came from, so that a repeat makes no second one. Returns
 * how many are new.
 */
export async function addImportedVendors(
  context: Context,
  inputs: readonly ImportedVendor[],
): Promise<number> {
  return addNew(inputs, {
    known: vendorIdsAmong,
    references: (wanted) => keepReferences(VendorModel, 'V', wanted),
    recordOf: (input, reference) => vendorFrom(context, input, reference),
    insert: insertNewVendors,
    log: (vendors) => record(VendorModel, vendors),
  })
}

function vendorFrom(context: Context, input: ImportedVendor, reference: string): Vendor {
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
    ...endOf(input),
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'vendor.added',
      facts: { country: facts.country, sample, ...(input.ended ? { endedOn: input.ended.on } : {}) },
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
  inputs: readonly ImportedEngagement[],
): Promise<number> {
  return addNew(inputs, {
    known: engagementIdsAmong,
    references: (wanted) => keepReferences(EngagementModel, 'E', wanted),
    recordOf: (input, reference) => engagementFrom(context, input, reference),
    insert: insertNewEngagements,
    log: (engagements) => record(EngagementModel, engagements),
  })
}

function engagementFrom(context: Context, input: ImportedEngagement, reference: string): Engagement {
  const { _id, vendor, from = context.today, inUse = { since: null, until: null }, sample = false } = input
  const facts = engagementFacts(input)
  const terms = termsOf(input)
  const { contracts = [], earlierUse = [] } = input
  const continues = input.continues ? { continues: input.continues.engagement } : {}
  const versions = contracts.length > 0 ? contractSet(contracts, context.today) : {}
  const content = apart({ ...facts, ...terms, ...versions }, [
    'activity',
    'places',
    'dueDiligence',
    'assurance',
  ])
  return {
    _id,
    reference,
    vendor,
    ...continues,
    ...facts,
    ...terms,
    ...versions,
    inUse,
    earlierUse,
    versions: [{ from, content: facts }],
    ...endOf(input),
    sample,
    ...firstMove({
      at: context.now,
      by: context.actor,
      event: 'engagement.added',
      facts: {
        vendor,
        ...continues,
        from,
        inUse,
        sample,
        ...endOf(input),
        ...content.facts,
        ...(earlierUse.length > 0 ? { earlierUse } : {}),
        ...supervisionFacts(input),
      },
      personal: content.personal,
    }),
  }
}

function endOf({ ended }: FromElsewhere): { endedOn: Day | null; endedBecause?: string } {
  return ended ? { endedOn: ended.on, endedBecause: ended.because } : { endedOn: null }
}
