import { decideRecorded } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { EngagementModel, everApproved } from '../records.js'
import { awaitsNotice } from '../rules.js'

/**
 * A notice is drafted about these: further links that nobody has or uses yet are new to customers, who read of them in the notice and not
 * in their chain. A repeat changes nothing.
 */
export async function askAboutByItself(context: Context, engagements: readonly string[]): Promise<void> {
  if (engagements.length === 0) return
  const held = new Set(await everApproved(engagements))
  for (const id of engagements)
    if (!held.has(id))
      await decideRecorded(context, EngagementModel, id, (engagement) =>
        awaitsNotice(engagement)
          ? { change: { askedByItself: true }, event: 'engagement.asked-by-itself', facts: {} }
          : null,
      )
}
