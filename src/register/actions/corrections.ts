/** Putting right what the register says about past days. What was known then stays readable: see rules/known.ts. */
import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { EngagementModel, engagementsOf, isApprovedFrom, vendorById, VendorModel } from '../records.js'
import {
  changesToApproved,
  contentOf,
  engagementFacts,
  mayReachToday,
  planCorrection,
  supervisionFacts,
  vendorFacts,
  withVersion,
  type ChangeKind,
  type Correction,
  type Engagement,
  type EngagementContent,
  type EngagementFacts,
  type PlannedCorrection,
  type Stretch,
  type Told,
  type Vendor,
  type VendorFacts,
} from '../rules.js'
import { changedParts } from '../rules/trail.js'
import { foundBy, optionalVendorFacts } from './vendors.js'

/** `told`: what notices said about an engagement. They are issued by a room above, which hands them over. */
export type TellOfNotices = (engagement: string) => Promise<Told[]>

export type Ground = {
  because: string
  /** Customers were told the right thing, and the register was mistyped. */
  wronglyRecorded: boolean
  evidence?: Upload | undefined
}

/** A vendor's facts were wrong over those days. Throws `Refused` where today's approvals would change: see `mayReachToday`. */
export async function correctVendor(
  context: Context,
  vendor: Vendor,
  right: VendorFacts,
  stretch: Stretch,
  ground: Ground,
  told: TellOfNotices,
): Promise<Vendor> {
  const planned = plan(planCorrection(vendor, vendorFacts(right), checked(stretch, context), context.today))
  const beyond = await changesByVendorCorrection(vendor, planned, context.today)
  for (const { engagement, changes, after } of beyond) judge(changes, after, ground, await told(engagement))
  const correction = await recorded(
    context,
    planned,
    ground,
    { kind: 'vendor', id: vendor._id },
    vendor.sample,
  )
  const { current } = planned
  const said = moveOf('vendor.corrected', vendorFacts(vendor), planned, ground)
  return mustMove(
    context,
    VendorModel,
    vendor,
    {
      corrections: [...(vendor.corrections ?? []), correction],
      ...(current === null
        ? {}
        : {
            ...current,
            ...foundBy(vendor.reference, current),
            versions: withVersion(vendor.versions, current, context.today),
          }),
    },
    said,
    current === null ? [] : optionalVendorFacts.filter((field) => current[field] === undefined),
  )
}

/** The same for what an engagement itself puts on the list. */
export async function correctEngagement(
  context: Context,
  engagement: Engagement,
  right: EngagementFacts,
  stretch: Stretch,
  ground: Ground,
  told: TellOfNotices,
): Promise<Engagement> {
  const facts = engagementFacts(right)
  const planned = plan(planCorrection(engagement, facts, checked(stretch, context), context.today))
  const beyond = await changesByEngagementCorrection(engagement, planned, context.today)
  for (const { changes, after } of beyond) judge(changes, after, ground, await told(engagement._id))
  const about = { kind: 'engagement', id: engagement._id }
  const correction = await recorded(context, planned, ground, about, engagement.sample)
  const { current } = planned
  const said = moveOf('engagement.corrected', engagementFacts(engagement), planned, ground)
  const asked =
    current === null ? {} : supervisionFacts({ places: current.places, assurance: engagement.assurance })
  return mustMove(
    context,
    EngagementModel,
    engagement,
    {
      corrections: [...(engagement.corrections ?? []), correction],
      ...(current === null
        ? {}
        : { ...current, versions: withVersion(engagement.versions, current, context.today) }),
    },
    { ...said, facts: { ...said.facts, ...asked } },
  )
}

export type Beyond = { engagement: string; changes: ChangeKind[]; after: EngagementContent }

/** What of that which customers have approved from today on a correction would change; empty where it ends in the past. */
export async function changesByVendorCorrection(
  vendor: Vendor,
  { current }: PlannedCorrection<VendorFacts>,
  today: Context['today'],
): Promise<Beyond[]> {
  if (current === null) return []
  const engagements = await engagementsOf(vendor._id)
  const beyond = engagements.map((engagement) =>
    beyondOf(
      engagement._id,
      contentOf(vendor._id, vendor, engagement),
      contentOf(vendor._id, current, engagement),
    ),
  )
  return approvedAmong(beyond, today)
}

export async function changesByEngagementCorrection(
  engagement: Engagement,
  { current }: PlannedCorrection<EngagementFacts>,
  today: Context['today'],
): Promise<Beyond[]> {
  const vendor = await vendorById(engagement.vendor)
  if (current === null || !vendor) return []
  const before = contentOf(vendor._id, vendor, engagement)
  return approvedAmong([beyondOf(engagement._id, before, contentOf(vendor._id, vendor, current))], today)
}

function beyondOf(engagement: string, before: EngagementContent, after: EngagementContent): Beyond {
  return { engagement, changes: changesToApproved(before, after), after }
}

async function approvedAmong(beyond: readonly Beyond[], today: Context['today']): Promise<Beyond[]> {
  const changing = beyond.filter(({ changes }) => changes.length > 0)
  const approved = await Promise.all(changing.map(({ engagement }) => isApprovedFrom(engagement, today)))
  return changing.filter((_, place) => approved[place])
}

function judge(
  changes: readonly ChangeKind[],
  after: EngagementContent,
  { wronglyRecorded, evidence }: Ground,
  told: readonly Told[],
): void {
  const verdict = mayReachToday(changes, after, { wronglyRecorded, evidence: evidence !== undefined, told })
  if (!verdict.may) refuse(verdict)
}

function refuse({ because, notice = '' }: { because: string; notice?: string }): never {
  switch (because) {
    case 'correction-told-otherwise':
      throw new Refused('correction-told-otherwise', { notice })
    case 'correction-needs-evidence':
      throw new Refused('correction-needs-evidence')
    default:
      throw new Refused('correction-needs-notice')
  }
}

function plan<Content>(planned: PlannedCorrection<Content> | null): PlannedCorrection<Content> {
  if (!planned) throw new Refused('correction-changes-nothing')
  return planned
}

function checked(stretch: Stretch, { today }: Context): Stretch {
  if (stretch.from >= today || (stretch.to !== null && (stretch.to <= stretch.from || stretch.to > today)))
    throw new Refused('correction-not-past')
  return stretch
}

async function recorded<Content>(
  context: Context,
  { from, to, values, without }: PlannedCorrection<Content>,
  { because, evidence }: Ground,
  about: { kind: string; id: string },
  sample: boolean,
): Promise<Correction<Content>> {
  const file = evidence ? await storeFile(context, { ...evidence, about, sample }) : null
  return {
    id: newId(),
    from,
    to,
    values,
    without,
    because,
    file: file?._id ?? null,
    recordedOn: context.today,
    recordedAt: context.now,
    by: context.actor,
  }
}

const personal = [
  'name',
  'address',
  'contacts',
  'website',
  'noRegistrationBecause',
  'registration',
  'activity',
  'places',
]

/** The days and the reason, and what was put right; `now`: what the record says today, for the fields that change. */
function moveOf<Content extends object>(
  event: string,
  now: Content,
  { from, to, values, without, current }: PlannedCorrection<Content>,
  { because, wronglyRecorded }: Ground,
) {
  const right = Object.fromEntries([
    ...Object.entries(now).filter(([field]) => !(without as string[]).includes(field)),
    ...Object.entries(values),
  ])
  const changes = changedParts(now, right, personal)
  return {
    event,
    facts: { from, to, stillSo: current !== null, wronglyRecorded, ...changes?.facts },
    personal: { because, ...changes?.personal },
  }
}
