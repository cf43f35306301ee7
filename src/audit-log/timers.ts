import type { Context } from '../base/context.js'
import { recordMoves } from './actions.js'
import { checkChain, lastCheck } from './check.js'
import { movedModels, unloggedRecords } from './records/moved.js'
import { sealAll } from './sealing.js'

const batch = 500

/** Writes the entries of moves whose `record` a crash prevented. */
export async function logMissingMoves(): Promise<Record<string, number>> {
  let logged = 0
  for (const model of movedModels()) {
    for (let after = ''; ;) {
      const records = await unloggedRecords(model, after, batch)
      await recordMoves(model, records)
      logged += records.length
      if (records.length < batch) break
      after = records.at(-1)!._id
    }
  }
  return { logged }
}

/** Puts new entries into the chain. */
export async function sealEntries(): Promise<Record<string, number>> {
  return { sealed: await sealAll() }
}

// Timers run once at every start too, and a long log takes minutes to recompute.
const checkedLately = 20 * 3_600_000

/** The log is not what was written. Fails the timer, so that the dashboard and the process' log say it the same day. */
class ChainBroken extends Error {
  override name = 'ChainBroken'
}

/** Recomputes the chain once a night, so that a break is known the next morning and not at the next audit. */
export async function checkLog(context: Context): Promise<Record<string, number>> {
  const last = await lastCheck()
  if (last && last.breaks === 0 && context.now.getTime() - last.at.getTime() < checkedLately)
    return { sealed: 0 }
  const { sealed, breaks } = await checkChain(context)
  if (breaks.length > 0) throw new ChainBroken()
  return { sealed }
}
