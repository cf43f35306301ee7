import { mustMove, type Said } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { NotFound } from '../../base/errors.js'
import { upstreamByReference, UpstreamNotices } from '../records.js'
import type { Change, UpstreamNotice } from '../rules.js'

export async function upstreamOf(reference: string): Promise<UpstreamNotice> {
  const notice = await upstreamByReference(reference)
  if (!notice) throw new NotFound()
  return notice
}

/** One move, with its entry in the log. Throws `Refused('changed-meanwhile')` where somebody was quicker. */
export function moveTo(
  context: Context,
  notice: UpstreamNotice,
  changes: Change,
  said: Said,
): Promise<UpstreamNotice> {
  return mustMove(context, UpstreamNotices, notice, changes, said)
}
