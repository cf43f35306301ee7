import { mustMove } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { approvalsEndedBy, engagementById, EngagementModel } from '../records.js'
import type { Engagement } from '../rules.js'
import { openingsOf } from '../rules/writing.js'
import { writeAsOne } from './writings.js'

/**
 * A change turns out not to be for these customers, although its use had begun: from the day on they have the earlier form again, on the
 * ground they had it before. What had ended only because nobody had it any more runs again; what staff ended does not. Repeats change
 * nothing. Throws `Refused('changed-meanwhile')`.
 */
export async function resumeApprovals(
  context: Context,
  {
    engagement: id,
    customers,
    from,
    notice,
  }: { engagement: string; customers: readonly string[]; from: Day; notice: string },
): Promise<void> {
  const engagement = await engagementById(id)
  if (!engagement || (engagement.endedOn !== null && !wasContinued(engagement))) return
  const before = await approvalsEndedBy(notice, { engagement: id, customers })
  if (before.length === 0) return
  if (engagement.endedOn !== null) await runAgain(context, engagement, from, notice)
  const rows = before.map(({ customer, kind }) => ({ customer, engagement: id, from, notice, kind }))
  const of = before.map(({ customer }) => customer)
  const about = { kind: 'engagement' as const, id }
  const said = { event: 'engagement.approvals-resumed', about, facts: { notice, from, of } }
  await writeAsOne(context, { opens: openingsOf(rows), says: [said] })
}

function wasContinued({ moves }: Engagement): boolean {
  const end = moves.findLast(({ event }) => event === 'engagement.ended' || event === 'engagement.continued')
  return end?.event === 'engagement.continued'
}

async function runAgain(context: Context, engagement: Engagement, on: Day, notice: string): Promise<void> {
  const { inUse, earlierUse } = engagement
  const used = inUse.since !== null && inUse.until !== null
  await mustMove(
    context,
    EngagementModel,
    engagement,
    {
      endedOn: null,
      ...(used ? { inUse: { since: on, until: null }, earlierUse: [...earlierUse, inUse] } : {}),
    },
    { event: 'engagement.resumed', facts: { on, notice } },
    ['endedBecause'],
  )
}
