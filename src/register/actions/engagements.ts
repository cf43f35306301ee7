import { record } from '../../audit-log/actions.js'
import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { customersGone } from '../../customers/actions.js'
import { nextReference } from '../../db/counters.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { lawNow } from '../../transfers/actions.js'
import type { Law } from '../../transfers/rules.js'
import {
  customersApprovingFrom,
  engagementByReference,
  EngagementModel,
  engagementsBelow,
  insertEngagement,
  isApprovedFrom,
  isToldByNotice,
  vendorById,
} from '../records.js'
import {
  changesToApproved,
  contentOf,
  engagementFacts,
  refusedTransfers,
  supervisionFacts,
  withVersion,
  type ChangeKind,
  type Engagement,
  type EngagementBody,
  type EngagementFacts,
  type Terms,
} from '../rules.js'
import { contractsAfterEdit } from '../rules/contract.js'
import { withAssurances } from '../rules/data-centres.js'
import { enteredNow, keepFile, keepStanding, termsOf } from '../rules/terms.js'
import { apart, changedParts } from '../rules/trail.js'
import { endApprovals } from './approvals.js'
import { refuseParent, settledInChain } from './chain-place.js'
import type { Which } from './services.js'

export type EngagementInput = EngagementFacts & Terms

/** `from`: since when it is known to be so, today unless said; for lists older than the register. */
export type NewEngagement = EngagementInput & {
  vendor: string
  from?: Day
  inUse?: { since: Day | null; until: Day | null }
  sample?: boolean
  /** Given by whoever may have to go on where a crash ended it. */
  _id?: string
  /** The engagement whose changed form this is; `_id` then keeps two from planning the same change at once. */
  continues?: { engagement: string; _id: string }
}

const personal = ['activity', 'places', 'dueDiligence', 'assurance']
const optional = ['subjectCount', 'theirNotice', 'assurance'] as const

export async function createEngagement(
  context: Context,
  input: NewEngagement,
  upload?: Upload,
): Promise<Engagement> {
  const { vendor, from = context.today, inUse = { since: null, until: null }, sample = false } = input
  const known = await vendorById(vendor)
  if (!known) throw new NotFound()
  // The form may be older than the end of the cooperation.
  if (known.endedOn !== null) throw new Refused('vendor-already-ended')
  refuseDead(await lawNow(), input, context.today)
  const { continues } = input
  const _id = continues?._id ?? input._id ?? newId()
  const facts = engagementFacts(input)
  await refuseParent(_id, facts.parent)
  const terms = await withFile(context, termsOf(input), upload, _id, sample)
  const content = apart({ ...facts, ...terms }, personal)
  const engagement = await insertEngagement(
    {
      _id,
      reference: await nextReference('E', null),
      vendor,
      ...(continues ? { continues: continues.engagement } : {}),
      ...facts,
      ...terms,
      inUse,
      earlierUse: [],
      versions: [{ from, content: facts }],
      endedOn: null,
      sample,
    },
    {
      at: context.now,
      by: context.actor,
      event: 'engagement.added',
      facts: {
        vendor,
        ...(continues ? { continues: continues.engagement } : {}),
        from,
        inUse,
        sample,
        ...content.facts,
        ...supervisionFacts(input),
      },
      personal: content.personal,
    },
  )
  await record(EngagementModel, engagement)
  return engagement
}

/**
 * A new version from today on. `because` is asked where it changes what customers have approved: see
 * `changesByEngagementEdit`. Throws `Refused('change-needs-reason')` without it.
 */
export async function editEngagement(
  context: Context,
  which: Which,
  input: EngagementInput,
  {
    because,
    upload,
    asFound = false,
  }: {
    because?: string | undefined
    upload?: Upload | undefined
    /** An import takes in a basis that has died as the finding it is. */
    asFound?: boolean
  } = {},
): Promise<Engagement> {
  const engagement = await engagementAsSeen(which)
  if (engagement.endedOn !== null) throw new Refused('engagement-already-ended')
  const facts = engagementFacts({ ...input, places: withAssurances(engagement.places, input.places) })
  // Only what is entered now is judged: a basis that died since it was entered is a finding, not a reason to lock the record.
  if (!asFound)
    refuseDead(await lawNow(), { ...facts, transfers: enteredNow(engagement, facts) }, context.today)
  // A place in the chain that was wrong before is no reason to refuse what is entered about something else.
  if (facts.parent !== engagement.parent) await refuseParent(engagement._id, facts.parent)
  const beyond = await changesOf(engagement, facts, context.today)
  if (beyond.length > 0 && because === undefined) throw new Refused('change-needs-reason')
  const terms = await withFile(
    context,
    keepStanding(engagement, keepFile(engagement, termsOf(input))),
    upload,
    engagement._id,
    engagement.sample,
  )
  if (engagement.askedByItself && !terms.askedByItself && (await isToldByNotice(engagement._id)))
    throw new Refused('further-told-by-notice')
  const kept = contractsAfterEdit(engagement, terms.contract, context.today)
  if (kept === 'no-contract-with-versions') throw new Refused('no-contract-with-versions')
  const after = { ...facts, ...terms, ...(kept === null ? {} : { contract: kept.contract }) }
  const changes = changedParts({ ...engagementFacts(engagement), ...termsOf(engagement) }, after, personal)
  if (!changes) return engagement
  const edited = await moved(
    context,
    engagement,
    { ...after, ...kept, versions: withVersion(engagement.versions, facts, context.today) },
    [
      ...optional.filter((field) => terms[field] === undefined),
      ...(kept === null || kept.contractTurnsOn !== undefined ? [] : (['contractTurnsOn'] as const)),
    ],
    {
      event: 'engagement.edited',
      facts: {
        ...changes.facts,
        ...supervisionFacts(after),
        ...(beyond.length > 0 ? { changesApproved: beyond } : {}),
      },
      personal: { ...changes.personal, ...(because === undefined ? {} : { because }) },
    },
  )
  return settledInChain(context, engagement, edited)
}

/** What of that which customers have approved the new facts would change; empty for a correction or where nobody has. */
export async function changesByEngagementEdit(
  engagement: Engagement,
  input: EngagementInput,
  today: Day,
): Promise<ChangeKind[]> {
  return changesOf(engagement, engagementFacts(input), today)
}

async function changesOf(engagement: Engagement, facts: EngagementFacts, today: Day): Promise<ChangeKind[]> {
  const vendor = await vendorById(engagement.vendor)
  if (!vendor) throw new NotFound()
  const changes = changesToApproved(
    contentOf(vendor._id, vendor, engagement),
    contentOf(vendor._id, vendor, facts),
  )
  return changes.length > 0 && (await isApprovedFrom(engagement._id, today)) ? changes : []
}

/**
 * `on` is the first day it no longer runs. Refused while customers have it approved: their list changes by a notice of its
 * removal, and that closes the approvals. Those of customers that have left by then are closed here.
 */
export async function endEngagement(
  context: Context,
  which: Which,
  { on, because }: { on: Day; because: string },
): Promise<Engagement> {
  const engagement = await engagementAsSeen(which)
  if (engagement.endedOn !== null) throw new Refused('engagement-already-ended')
  const holders = await customersApprovingFrom(engagement._id, on)
  const gone = await customersGone(holders, on)
  if (holders.length > gone.length)
    throw new Refused('engagement-still-approved', { count: holders.length - gone.length })
  const below = (await engagementsBelow(engagement._id)).filter(({ endedOn }) => endedOn === null)
  if (below.length > 0) throw new Refused('engagement-has-links-below', { count: below.length })
  const { since, until } = engagement.inUse
  const inUse = { since, until: since !== null && until === null ? on : until }
  // Who has left is told of no removal.
  if (gone.length > 0)
    await endApprovals(context, { engagement: engagement._id, customers: gone, to: on, notice: null })
  const move = { event: 'engagement.ended', facts: { on }, personal: { because } }
  return moved(context, engagement, { endedOn: on, endedBecause: because, inUse }, [], move)
}

function moved(
  context: Context,
  engagement: Engagement,
  set: Partial<EngagementBody>,
  unset: readonly (keyof EngagementBody)[],
  said: Said,
): Promise<Engagement> {
  return mustMove(context, EngagementModel, engagement, set, said, unset)
}

async function engagementAsSeen({ reference, version }: Which): Promise<Engagement> {
  const engagement = await engagementByReference(reference)
  if (!engagement) throw new NotFound()
  if (engagement.version !== version) throw new Refused('changed-meanwhile')
  return engagement
}

function refuseDead(law: Law, input: EngagementFacts, today: Day): void {
  const [refused] = refusedTransfers(law, input.transfers, today, input.role)
  if (refused) throw new Refused('transfer-refused', refused.problem.facts)
}

async function withFile(
  context: Context,
  terms: Terms,
  upload: Upload | undefined,
  id: string,
  sample: boolean,
): Promise<Terms> {
  if (!upload || terms.contract === null) return terms
  const file = await storeFile(context, { ...upload, about: { kind: 'engagement', id }, sample })
  return { ...terms, contract: { ...terms.contract, file: file._id } }
}
