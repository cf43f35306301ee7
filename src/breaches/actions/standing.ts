import type { Context } from '../../base/context.js'
import { countAffected, countAsking, firstUntil } from '../records.js'
import { stateAfter, type Breach, type Standing } from '../rules.js'
import { decideOn } from './move.js'

export async function standingOf({ _id }: Pick<Breach, '_id'>): Promise<Standing> {
  const [affected, untold, waiting, told, toldLast, asking, first] = await Promise.all([
    countAffected(_id),
    countAffected(_id, { told: ['no', 'queued', 'undelivered'] }),
    countAffected(_id, { told: ['queued'] }),
    countAffected(_id, { told: ['told'] }),
    countAffected(_id, { told: ['told'], latest: ['told'] }),
    countAsking(_id),
    firstUntil(_id),
  ])
  return { affected, untold, waiting, behind: told - toldLast, asking, first }
}

/** Everybody told: so is the breach; somebody added who is not: no longer. */
export async function settleState(context: Context, { _id }: Pick<Breach, '_id'>): Promise<void> {
  const standing = await standingOf({ _id })
  await decideOn(context, _id, (breach) => {
    const state = stateAfter(breach, standing)
    if (state === breach.state) return null
    const { affected, untold } = standing
    return {
      change: { state },
      event: state === 'told' ? 'breach.told' : 'breach.untold-again',
      facts: { affected, untold },
    }
  })
}
