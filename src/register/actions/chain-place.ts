import { moveRecorded } from '../../audit-log/recorded.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { allParents, engagementById, EngagementModel } from '../records.js'
import { engagementFacts, withVersion, wouldLoop, type Engagement } from '../rules.js'

/** Throws where the link cannot hang below that one: it is not there, has ended, or hangs below the link itself. */
export async function refuseParent(id: string, parent: string | null): Promise<void> {
  if (parent === null) return
  const above = await engagementById(parent)
  if (!above) throw new Refused('chain-parent-gone')
  if (above.endedOn !== null) throw new Refused('chain-parent-ended')
  if (wouldLoop(id, parent, await allParents())) throw new Refused('engagement-chain-loops')
}

/**
 * After a link was given another parent. Two who move at the same moment, A below B and B below A, are each right when
 * they look and wrong together, and no update of one document can see the other. So whoever has written looks again: of
 * two that close a circle the later one sees both, takes its own move back and is refused. The records are never locked,
 * and what a crash in between leaves is shown as a circle, which any move out of it mends.
 */
export async function settledInChain(
  context: Context,
  before: Engagement,
  after: Engagement,
): Promise<Engagement> {
  const { _id, parent } = after
  if (parent === null || parent === before.parent) return after
  if (!wouldLoop(_id, parent, await allParents())) return after
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const current = await engagementById(_id)
    // Somebody has moved it on: then that move is the one to judge.
    if (!current || current.parent !== parent) break
    const facts = { ...engagementFacts(current), parent: before.parent }
    const undone = await moveRecorded(
      context,
      EngagementModel,
      current,
      { parent: before.parent, versions: withVersion(current.versions, facts, context.today) },
      { event: 'engagement.move-undone', facts: { before: { parent }, after: { parent: before.parent } } },
    )
    if (undone) break
  }
  throw new Refused('chain-moved-at-once')
}

/** Each failed one means that somebody else saved the same engagement in between. */
const attempts = 10
