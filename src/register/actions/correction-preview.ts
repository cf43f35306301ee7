import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { customersBetween, engagementsOf, vendorById } from '../records.js'
import {
  differencesBetween,
  listedVersions,
  planCorrection,
  engagementFacts,
  vendorFacts,
  type ChangeKind,
  type Correction,
  type Difference,
  type Engagement,
  type EngagementContent,
  type EngagementFacts,
  type Listed,
  type ListedPart,
  type PlannedCorrection,
  type Stretch,
  type Vendor,
  type VendorFacts,
} from '../rules.js'
import {
  changesByEngagementCorrection,
  changesByVendorCorrection,
  type TellOfNotices,
} from './corrections.js'

/** What a correction would do, before it is made. */
export type CorrectionPreview = {
  /** Which lists change on which days; `to` is the first day after. */
  stretches: { engagement: string; reference: string; from: Day; to: Day; differences: Difference[] }[]
  /** How many customers had one of the engagements approved on any of those days. */
  customers: number
  /** Notices that told customers what is now found to be wrong. */
  told: string[]
  /** What customers have approved from today on that would be another: see `mayReachToday`. */
  beyond: ChangeKind[]
}

type Pair = { engagement: Engagement; before: Versions; after: Versions }
type Versions = ReturnType<typeof listedVersions>

export async function previewVendorCorrection(
  context: Context,
  vendor: Vendor,
  right: VendorFacts,
  stretch: Stretch,
  told: TellOfNotices,
): Promise<CorrectionPreview | null> {
  const planned = planCorrection(vendor, vendorFacts(right), stretch, context.today)
  if (!planned) return null
  const corrected = withPlanned(vendor, planned, context)
  const pairs = (await engagementsOf(vendor._id)).map((engagement) => ({
    engagement,
    before: listedVersions(vendor, engagement),
    after: listedVersions(corrected, engagement),
  }))
  const beyond = await changesByVendorCorrection(vendor, planned, context.today)
  return previewOf(
    pairs,
    planned,
    beyond.flatMap(({ changes }) => changes),
    told,
  )
}

export async function previewEngagementCorrection(
  context: Context,
  engagement: Engagement,
  right: EngagementFacts,
  stretch: Stretch,
  told: TellOfNotices,
): Promise<CorrectionPreview | null> {
  const planned = planCorrection(engagement, engagementFacts(right), stretch, context.today)
  const vendor = await vendorById(engagement.vendor)
  if (!planned || !vendor) return null
  const before = listedVersions(vendor, engagement)
  const after = listedVersions(vendor, withPlanned(engagement, planned, context))
  const beyond = await changesByEngagementCorrection(engagement, planned, context.today)
  return previewOf(
    [{ engagement, before, after }],
    planned,
    beyond.flatMap(({ changes }) => changes),
    told,
  )
}

function withPlanned<Content, Of extends { corrections?: Correction<Content>[] }>(
  record: Of,
  planned: PlannedCorrection<Content>,
  { now, today, actor }: Context,
): Of {
  const { from, to, values, without } = planned
  const ground = { id: '', because: '', file: null, recordedOn: today, recordedAt: now, by: actor }
  return { ...record, corrections: [...(record.corrections ?? []), { ...ground, from, to, values, without }] }
}

async function previewOf(
  pairs: readonly Pair[],
  { from, to }: { from: Day; to: Day },
  beyond: readonly ChangeKind[],
  told: TellOfNotices,
): Promise<CorrectionPreview> {
  const stretches = pairs.flatMap((pair) => stretchesOf(pair, { from, to }))
  const touched = [...new Set(stretches.map(({ engagement }) => engagement))]
  const said = await Promise.all(
    touched.map(async (engagement) => {
      const changed = stretches
        .filter((each) => each.engagement === engagement)
        .flatMap(({ differences }) => differences)
      return (await told(engagement))
        .filter(({ content }) => saidOtherwise(content, changed))
        .map(({ notice }) => notice)
    }),
  )
  return {
    stretches,
    customers: await customersBetween(touched, { from, to }),
    told: [...new Set(said.flat())].toSorted(),
    beyond: [...new Set(beyond)],
  }
}

function stretchesOf({ engagement, before, after }: Pair, { from, to }: { from: Day; to: Day }) {
  const cuts = [from, ...[...before, ...after].map((version) => version.from)]
    .filter((day) => day >= from && day < to)
    .toSorted()
  return [...new Set(cuts)].flatMap((day, place, all) => {
    const [left, right] = [before, after].map(
      (versions) => (versions.findLast((version) => version.from <= day) ?? versions[0])?.content,
    )
    if (!left || !right) return []
    const differences = differencesBetween([listed(engagement, left)], [listed(engagement, right)])
    if (differences.length === 0) return []
    return [
      {
        engagement: engagement._id,
        reference: engagement.reference,
        from: day,
        to: all[place + 1] ?? to,
        differences,
      },
    ]
  })
}

/** Whether the notice had what is corrected as it was before, in any of its parts. */
function saidOtherwise(content: EngagementContent, corrected: readonly Difference[]): boolean {
  return corrected.some((difference) => {
    if (difference.kind !== 'changed') return false
    const said = differencesBetween([{ ...difference.after, content }], [difference.after])
    return said.some((each) => each.kind === 'changed' && sharesPart(each.parts, difference.parts))
  })
}

function sharesPart(left: readonly ListedPart[], right: readonly ListedPart[]): boolean {
  return left.some((part) => right.includes(part))
}

function listed({ _id, reference }: Engagement, content: EngagementContent): Listed {
  return { engagement: _id, reference, content, approvedFrom: '', kind: null, notice: null }
}
