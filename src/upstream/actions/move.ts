import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { moveUpstream, upstreamByReference, UpstreamNotices } from '../records.js'
import type { Change, UpstreamNotice } from '../rules.js'

export async function upstreamOf(reference: string): Promise<UpstreamNotice> {
  const notice = await upstreamByReference(reference)
  if (!notice) throw new NotFound()
  return notice
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export async function moveTo(
  context: Context,
  notice: UpstreamNotice,
  changes: Change,
  move: { event: string; facts: Record<string, unknown>; personal?: Record<string, unknown> },
): Promise<UpstreamNotice> {
  const moved = await moveUpstream(notice, changes, { at: context.now, by: context.actor, ...move })
  if (!moved) throw new Refused('changed-meanwhile')
  await record(UpstreamNotices, moved)
  return moved
}
