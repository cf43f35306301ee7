/** A departure by a notice: the day its deletion was confirmed is the notice's, and only there. */
import type { Context } from '../../base/context.js'
import { laterOf } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { confirmDeletion, noticeByReference } from '../../notices/actions.js'
import type { Line } from '../../notices/rules/notice.js'
import { accepted, answered, openPoints, type Departure, type PointAnswer } from '../rules.js'
import { movePoints } from './move.js'

/**
 * A replaced or removed sub-processor stays on the lists until its deletion is confirmed, and the notice keeps that day: the last of
 * its points that is taken confirms it there. What the law still keeps is no use of it any more.
 */
export async function confirmOnNotice(
  context: Context,
  departure: Departure,
  points: Departure['points'],
): Promise<void> {
  const { notice, cause } = departure
  if (cause !== 'replaced' || notice === null) return
  const counted = points.filter(({ state }) => state !== 'left-out')
  if (!counted.every(({ state }) => state === 'done' || state === 'retained')) return
  if ((await lineOf(notice))?.deletedOn !== null) return
  const day = counted.flatMap(({ answer }) => answer?.on ?? []).reduce(laterOf, departure.endedOn)
  await confirmDeletion(context, notice.reference, notice.line, day)
  // Some customers are still on their way to the successor: its data are not gone for them.
  if ((await lineOf(notice))?.deletedOn === null) throw new Refused('departure-customers-underway')
}

/** The deletion was confirmed on the notice itself: one truth, so its points are settled by that. */
export async function settleFromNotice(context: Context, departure: Departure): Promise<boolean> {
  const { notice } = departure
  if (notice === null) return false
  const day = (await lineOf(notice))?.deletedOn ?? null
  // What the law kept longer was confirmed there before; its end is not.
  const waiting = openPoints(departure.points).filter(
    ({ earlier }) => !earlier.some(({ retention }) => retention !== null),
  )
  if (day === null || waiting.length === 0) return false
  const answer: PointAnswer = {
    at: context.now,
    from: 'staff',
    by: notice.reference,
    on: day,
    how: notice.reference,
    files: [],
    retention: null,
  }
  const ids = waiting.map(({ id }) => id)
  const settled = accepted(answered(departure.points, ids, answer), ids, context.today)
  await movePoints(context, departure, settled, {
    event: 'departure.settled-by-notice',
    facts: { notice: notice.reference, on: day, points: ids },
  })
  return true
}

async function lineOf({ reference, line }: NonNullable<Departure['notice']>): Promise<Line | null> {
  return (await noticeByReference(reference)).lines.find(({ id }) => id === line) ?? null
}
