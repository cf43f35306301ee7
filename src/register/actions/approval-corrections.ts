/** Putting right which sub-processors a customer had approved on past days. */
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { storeFile } from '../../files/actions.js'
import {
  approvalById,
  insertMissingApproval,
  moveApproval,
  voidedApproval,
  whileUnlisted,
} from '../records.js'
import {
  changesFromToday,
  rightApproval,
  type Approval,
  type ApprovalCorrection,
  type ApprovalKind,
  type RightApproval,
} from '../rules.js'
import type { Saying } from '../rules/writing.js'
import type { Ground } from './corrections.js'
import { writeAfter } from './writings.js'

export type ApprovalFinding =
  | { fault: 'never-given'; approval: string }
  | { fault: 'began'; approval: string; on: Day }
  /** `on`: the first day it no longer held; null: it had not ended. */
  | { fault: 'ended'; approval: string; on: Day | null }
  | {
      fault: 'missing'
      customer: string
      engagement: string
      from: Day
      to: Day | null
      kind: ApprovalKind
      notice: string | null
    }

/** The day a notice, by its reference, went to the customer; null: it never did. Notices are issued by a room above. */
export type ToldOn = (notice: string, customer: string) => Promise<Day | null>

/** What the finding is about as the register has it, and as it should be. Throws `Refused` where it makes no sense. */
export async function approvalFound(
  { today }: Pick<Context, 'today'>,
  finding: ApprovalFinding,
  toldOn: ToldOn,
): Promise<{ before: Approval | null; right: RightApproval }> {
  const before = finding.fault === 'missing' ? null : await approvalById(finding.approval)
  if (finding.fault !== 'missing' && !before) throw new NotFound()
  const right = rightApproval(before, finding)
  if (right && (right.from > today || (right.to !== null && (right.to > today || right.to <= right.from))))
    throw new Refused('approval-days-impossible')
  if (before && right && before.from === right.from && before.to === right.to)
    throw new Refused('correction-changes-nothing')
  // One that covers no day is there no longer.
  if (before && !right && before.to !== null && before.to <= before.from)
    throw new Refused('correction-changes-nothing')
  await checkNotice(before ?? (finding as Missing), right, finding.fault, toldOn)
  return { before, right }
}

type Missing = Extract<ApprovalFinding, { fault: 'missing' }>

/** What came of a notice cannot be older than it: use before it would only be hidden (clause 7.3). */
async function checkNotice(
  { notice, customer }: Pick<Approval, 'notice' | 'customer'>,
  right: RightApproval,
  fault: ApprovalFinding['fault'],
  toldOn: ToldOn,
): Promise<void> {
  if (notice === null || right === null || (fault !== 'missing' && fault !== 'began')) return
  const told = await toldOn(notice, customer)
  if (told === null) throw new Refused('correction-notice-unknown', { notice })
  if (right.from < told) throw new Refused('approval-before-notice', { notice })
}

/**
 * Throws `Refused('approval-needs-notice')` where it would change what the customer has approved from today on, unless that
 * was recorded wrongly and a paper shows it: an addition is announced, a removal too.
 */
export async function correctApproval(
  context: Context,
  finding: ApprovalFinding,
  ground: Ground,
  toldOn: ToldOn,
): Promise<void> {
  const { before, right } = await approvalFound(context, finding, toldOn)
  if (changesFromToday(before, right, context.today)) {
    if (!ground.wronglyRecorded) throw new Refused('approval-needs-notice')
    if (!ground.evidence) throw new Refused('correction-needs-evidence')
  }
  const whose = before ?? (finding as { customer: string; engagement: string })
  const { customer, engagement } = whose
  const about = { kind: 'engagement' as const, id: engagement }
  const file = ground.evidence ? await storeFile(context, { ...ground.evidence, about }) : null
  const correction: ApprovalCorrection = {
    id: newId(),
    fault: finding.fault,
    because: ground.because,
    file: file?._id ?? null,
    recordedOn: context.today,
    recordedAt: context.now,
    by: context.actor,
  }
  const facts = { customer, fault: finding.fault, before: daysOf(before), after: daysOf(right) }
  const personal = { because: ground.because }
  const says: Saying[] = [
    { event: 'engagement.approval-corrected', about, facts, personal },
    {
      event: 'customer.approval-corrected',
      about: { kind: 'customer', id: customer },
      facts: { ...facts, engagement },
      personal,
    },
  ]
  const only = { correction: correction.id, customer, engagement }
  const done = await writeAfter(context, correction.id, { says, only }, () =>
    whileUnlisted([engagement], async () => {
      const made = before
        ? await moveApproval(before, corrected(before, right, correction))
        : finding.fault === 'missing' && (await givenAfterAll(finding, correction, context))
      return made || null
    }),
  )
  if (!done) throw new Refused('approval-there-already')
}

/** One that was missing; of which the register says by mistake that it was never given, the row is there and holds again. */
async function givenAfterAll(
  finding: Missing,
  correction: ApprovalCorrection,
  context: Context,
): Promise<boolean> {
  const { customer, engagement, from, to, kind, notice } = finding
  const voided = await voidedApproval(customer, engagement, from)
  if (!voided) return insertMissingApproval(missing(finding, context), correction)
  const again = corrected(voided, { from, to }, correction)
  return moveApproval(voided, { ...again, right: { ...again.right, kind, notice, endedBy: null } })
}

function corrected(before: Approval, right: RightApproval, correction: ApprovalCorrection) {
  const { from, to, kind, notice, endedBy } = before
  const after = right ?? { from, to: from }
  const days = [
    from,
    after.from,
    ...(right === null ? [] : [to ?? correction.recordedOn, after.to ?? correction.recordedOn]),
  ]
  return {
    right: after,
    earlier: { from, to, kind, notice, endedBy, until: correction.recordedOn },
    correction,
    lateFrom: days.toSorted()[0] ?? from,
  }
}

function missing({ customer, engagement, from, to, kind, notice }: Missing, { today }: Context) {
  const late = { recordedOn: today, lateFrom: from, lateUntil: today }
  return { customer, engagement, from, to, kind, notice, endedBy: null, ...late }
}

function daysOf(interval: { from: Day; to: Day | null } | null) {
  return interval && { from: interval.from, to: interval.to }
}
