/** What may be corrected of what the register says about past days. */
import type { Day } from '../../base/day.js'
import { changesToApproved, type ChangeKind } from './changes.js'
import type { EngagementContent } from './engagement.js'
import { knownOn, versionsAsKnown, type Recorded } from './known.js'
import type { Approval } from './list.js'
import { sameContent } from './versions.js'

/** Over which days the record was wrong. `to` null: it still is so today. */
export type Stretch = { from: Day; to: Day | null }

export type PlannedCorrection<Content> = {
  from: Day
  to: Day
  values: Partial<Content>
  without: (keyof Content & string)[]
  /** What holds from today on, where what was wrong still is so; else null: today stays as it is. */
  current: Content | null
}

/**
 * The fields in which `right` differs from what the record says of the first day, over the days asked for. Null where none
 * does. A correction ends at the latest yesterday; what is still wrong today is put right by a version of today.
 */
export function planCorrection<Content extends object>(
  record: Recorded<Content>,
  right: Content,
  { from, to }: Stretch,
  today: Day,
): PlannedCorrection<Content> | null {
  const versions = versionsAsKnown(record)
  const said = knownOn(versions, from).content
  const fields = [...new Set([...Object.keys(said), ...Object.keys(right)])] as (keyof Content & string)[]
  const wrong = fields.filter((field) => !sameContent(said[field], right[field]))
  if (wrong.length === 0) return null
  const given = wrong.filter((field) => right[field] !== undefined)
  const values = Object.fromEntries(given.map((field) => [field, right[field]])) as Partial<Content>
  const without = wrong.filter((field) => right[field] === undefined)
  const now = knownOn(versions, today).content
  const kept = Object.entries(now).filter(([field]) => !(without as string[]).includes(field))
  return {
    from,
    to: to ?? today,
    values,
    without,
    current: to === null ? ({ ...Object.fromEntries(kept), ...values } as Content) : null,
  }
}

/** What an issued notice told customers about the engagement, by which they came to approve it. */
export type Told = { notice: string; content: EngagementContent }

export type Verdict = { may: true } | { may: false; because: CorrectionRefusal; notice?: string }
export type CorrectionRefusal =
  'correction-needs-notice' | 'correction-told-otherwise' | 'correction-needs-evidence'

/**
 * Whether a correction may reach today. The past may be put right; what customers have approved from today on may not be
 * changed in its guise (clause 7.3, B.1, C.5): that takes a notice. Two things may:
 *
 * - a correction in the sense of `changesToApproved`: spelling, a moved office, a contact of the same entity;
 * - what was recorded wrongly: customers were told, or signed, the right thing, and the register was mistyped. That is shown
 *   by a paper which is kept with the correction, and no notice by which they approved it may say otherwise.
 */
export function mayReachToday(
  changes: readonly ChangeKind[],
  after: EngagementContent,
  { wronglyRecorded, evidence, told }: { wronglyRecorded: boolean; evidence: boolean; told: readonly Told[] },
): Verdict {
  if (changes.length === 0) return { may: true }
  if (!wronglyRecorded) return { may: false, because: 'correction-needs-notice' }
  const otherwise = told.find(({ content }) =>
    changesToApproved(content, after).some((kind) => changes.includes(kind)),
  )
  if (otherwise) return { may: false, because: 'correction-told-otherwise', notice: otherwise.notice }
  if (!evidence) return { may: false, because: 'correction-needs-evidence' }
  return { may: true }
}

/** An approval as it should have been recorded; null: it was never given. */
export type RightApproval = { from: Day; to: Day | null } | null

/** What was found out about an approval. */
export type FoundDays =
  | { fault: 'never-given' }
  | { fault: 'began'; on: Day }
  | { fault: 'ended'; on: Day | null }
  | { fault: 'missing'; from: Day; to: Day | null }

export function rightApproval(before: Pick<Approval, 'from' | 'to'> | null, found: FoundDays): RightApproval {
  switch (found.fault) {
    case 'never-given':
      return null
    case 'began':
      return before && { from: found.on, to: before.to }
    case 'ended':
      return before && { from: before.from, to: found.on }
    case 'missing':
      return { from: found.from, to: found.to }
  }
}

/** Whether what the customer has approved from today on would be another. */
export function changesFromToday(
  before: Pick<Approval, 'from' | 'to'> | null,
  after: RightApproval,
  today: Day,
): boolean {
  return !sameContent(fromTodayOn(before, today), fromTodayOn(after, today))
}

function fromTodayOn(interval: { from: Day; to: Day | null } | null, today: Day) {
  if (interval === null || (interval.to !== null && interval.to <= today)) return null
  // A voided approval ends on the day it began and covers nothing.
  if (interval.to !== null && interval.to <= interval.from) return null
  return { from: interval.from > today ? interval.from : today, to: interval.to }
}
