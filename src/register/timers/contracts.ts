import { moveRecorded } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { EngagementModel, engagementsToTurn } from '../records.js'
import { contractSet } from '../rules.js'

const batch = 200

/**
 * Where a contract has ended or another has begun since, the one that counts is made known to all who ask for it: notices,
 * lists, exports. Late after a standstill, never wrong after it.
 */
export async function turnContracts(context: Context): Promise<{ turned: number }> {
  let turned = 0
  for (;;) {
    const due = await engagementsToTurn(context.today, batch)
    let moved = 0
    for (const engagement of due) {
      const set = contractSet(engagement.contracts ?? [], context.today)
      const said = {
        event: 'engagement.contract-turned',
        facts: { before: { contract: engagement.contract }, after: { contract: set.contract } },
      }
      const gone = set.contractTurnsOn === undefined ? (['contractTurnsOn'] as const) : []
      if (await moveRecorded(context, EngagementModel, engagement, set, said, gone)) moved += 1
    }
    turned += moved
    // One that somebody changes at this moment is taken in the next run.
    if (due.length < batch || moved === 0) return { turned }
  }
}
