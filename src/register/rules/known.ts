/**
 * Two times: the day a fact was true (`from`, `to`), and the day the register learnt it (`recordedOn`). What a list said on
 * a past day can be asked as it is known now, with corrections in it, or as it was known on any day since.
 */
import type { Actor, Bilingual } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { contentOf, type DatedEngagementFacts, type EngagementContent } from './engagement.js'
import { coversDay, latestPerEngagement, type Approval } from './list.js'
import type { DatedServiceFacts, DatedVendorFacts } from './vendor.js'
import { contentOn, sameContent } from './versions.js'

/** Why and by whom the past was corrected. `file`: what shows it. */
export type CorrectionGround = {
  id: string
  because: string
  file: string | null
  recordedOn: Day
  recordedAt: Date
  by: Actor
}

/**
 * What the register should have said from a day until, and not including, another. Only the fields that were wrong: what
 * else changed in those days stays as it was. Never reaches beyond the day it is recorded on: from there on an ordinary
 * version says what holds.
 */
export type Correction<Content> = CorrectionGround & {
  from: Day
  to: Day
  values: Partial<Content>
  /** Fields that should have been empty. */
  without: (keyof Content & string)[]
}

/** A record with its history: what was entered in its time, and what was found to have been wrong since. */
export type Recorded<Content> = {
  versions: readonly { from: Day; content: Content }[]
  corrections?: readonly Correction<Content>[]
}

export type RecordedVendor = Recorded<DatedVendorFacts['content']> & { _id: string }
export type RecordedEngagement = Recorded<DatedEngagementFacts['content']>

export type KnownVersion<Content> = {
  from: Day
  content: Content
  /** What corrected it, oldest first; empty for what was entered in its time. */
  corrections: CorrectionGround[]
}

/** Before any day: where a correction lies on or before the first version's day, what stood before it begins here. */
export const beginning: Day = ''

/**
 * The versions as the register knew them at the end of the day `known`, or as it knows them now. A replay of what was
 * recorded, in its order: versions from their days on, then each correction over its days.
 */
export function versionsAsKnown<Content>(
  { versions, corrections = [] }: Recorded<Content>,
  known?: Day,
): KnownVersion<Content>[] {
  const entered = versions.filter(({ from }, place) => known === undefined || place === 0 || from <= known)
  const made = corrections.filter(({ recordedOn }) => known === undefined || recordedOn <= known)
  const days = [...entered.map(({ from }) => from), ...made.flatMap(({ from, to }) => [from, to])].toSorted()
  const first = entered[0]?.from ?? beginning
  // The first version counts for the days before it too, and a correction only for its own.
  const cuts = made.some(({ from }) => from <= first) ? [beginning, ...days] : days
  return [...new Set(cuts)]
    .map((from): KnownVersion<Content> => {
      const over = made.filter((each) => each.from <= from && from < each.to)
      return {
        from,
        content: over.reduce(corrected, contentOn(entered, from)),
        corrections: over.map(groundOf),
      }
    })
    .filter((version, place, all) => place === 0 || !isSameVersion(version, all[place - 1]))
}

function corrected<Content>(content: Content, { values, without }: Correction<Content>): Content {
  const left = Object.entries(content as object).filter(([field]) => !(without as string[]).includes(field))
  return { ...Object.fromEntries(left), ...values } as Content
}

function groundOf({ id, because, file, recordedOn, recordedAt, by }: CorrectionGround): CorrectionGround {
  return { id, because, file, recordedOn, recordedAt, by }
}

function isSameVersion<Content>(
  version: KnownVersion<Content>,
  before: KnownVersion<Content> | undefined,
): boolean {
  return (
    before !== undefined &&
    sameContent(
      version.corrections.map(({ id }) => id),
      before.corrections.map(({ id }) => id),
    ) &&
    sameContent(version.content, before.content)
  )
}

/** What held on the day, with what corrected it. */
export function knownOn<Content>(
  versions: readonly KnownVersion<Content>[],
  day: Day,
): Omit<KnownVersion<Content>, 'from'> {
  const version = versions.findLast(({ from }) => from <= day) ?? versions[0]
  if (!version) throw new Error('a record without any version')
  return version
}

/** What a list prints of an engagement on a day, its own facts and its vendor's, each as known then or now. */
export function contentAsKnown(
  vendor: RecordedVendor,
  engagement: RecordedEngagement,
  day: Day,
  known?: Day,
): { content: EngagementContent; corrections: CorrectionGround[] } {
  const facts = knownOn(versionsAsKnown(vendor, known), day)
  const own = knownOn(versionsAsKnown(engagement, known), day)
  return {
    content: contentOf(vendor._id, facts.content, own.content),
    corrections: [...own.corrections, ...facts.corrections],
  }
}

/** Both histories as one: a version begins whenever the engagement or its vendor changed. `to` is the first day after it. */
export type EngagementVersion = KnownVersion<EngagementContent> & { to: Day | null }

/** Since the engagement's own first version. */
export function engagementVersions(
  vendor: RecordedVendor,
  engagement: RecordedEngagement,
  known?: Day,
): EngagementVersion[] {
  const first = versionsAsKnown(engagement, known)[0]?.from ?? beginning
  return listedVersions(vendor, engagement, known)
    .filter(({ to }) => to === null || to > first)
    .map((version) => (version.from < first ? { ...version, from: first } : version))
}

/** Since the vendor's first where that is older: a list accepted at signing may be older than the engagement's entry. */
export function listedVersions(
  vendor: RecordedVendor,
  engagement: RecordedEngagement,
  known?: Day,
): EngagementVersion[] {
  const [facts, own] = [versionsAsKnown(vendor, known), versionsAsKnown(engagement, known)]
  const cuts = [...new Set([...own, ...facts].map(({ from }) => from))].toSorted()
  return cuts
    .map((from): KnownVersion<EngagementContent> => {
      const [left, right] = [knownOn(facts, from), knownOn(own, from)]
      return {
        from,
        content: contentOf(vendor._id, left.content, right.content),
        corrections: [...right.corrections, ...left.corrections],
      }
    })
    .filter((version, place, all) => place === 0 || !isSameVersion(version, all[place - 1]))
    .map((version, place, all) => ({ ...version, to: all[place + 1]?.from ?? null }))
}

/**
 * The approvals as the register knew them at the end of the day `known`, or as it knows them now. Rows from before the day
 * of recording was kept count as known from the day they began.
 */
export function approvalsAsKnown(approvals: readonly Approval[], known?: Day): Approval[] {
  if (known === undefined) return [...approvals]
  return approvals.flatMap((approval): Approval[] => {
    if (approval.recordedOn !== undefined && approval.recordedOn > known) return []
    const then = approval.earlier?.find(({ until }) => until > known)
    const corrections = approval.corrections?.filter(({ recordedOn }) => recordedOn <= known)
    if (!then) return [{ ...approval, ...(corrections ? { corrections } : {}) }]
    const { from, to, kind, notice, endedBy } = then
    return [{ ...approval, from, to, kind, notice, endedBy, ...(corrections ? { corrections } : {}) }]
  })
}

/**
 * The approvals that count on the day, as known now. What another one of the same engagement said of that day before it was
 * corrected stood on the list in its place: then the correction of that one is told with this.
 */
export function approvalsHeldOn(approvals: readonly Approval[], day: Day): Approval[] {
  return latestPerEngagement(approvals.filter((approval) => coversDay(approval, day))).map((held) => {
    const others = approvals.filter(
      (other) =>
        other !== held &&
        other.engagement === held.engagement &&
        other.corrections !== undefined &&
        other.earlier?.some((said) => coversDay(said, day)),
    )
    const corrections = [held, ...others].flatMap((each) => each.corrections ?? [])
    return others.length === 0 ? held : { ...held, corrections }
  })
}

/** Services under the names they had on the day. */
export function servicesOn<Named extends { name: Bilingual; versions?: DatedServiceFacts[] }>(
  services: readonly Named[],
  day: Day,
): Named[] {
  return services.map((service) =>
    service.versions && service.versions.length > 0
      ? { ...service, ...contentOn(service.versions, day) }
      : service,
  )
}
