import type { Context } from '../base/context.js'
import type { Timer } from '../jobs/actions.js'
import { alertEntered, escalate } from './actions/alert.js'
import { finishDeriving } from './actions/derive.js'
import { finishSending, followPhases } from './actions/send.js'
import { openBreaches } from './records.js'
import { lastPhase } from './rules.js'

const minute = 60_000
const mostOpen = 200

/** Goes on where a crash left a breach, takes up what became of its mails, and says whose hours run out. */
export async function workOnBreaches(context: Context): Promise<{ told: number; alerts: number }> {
  for (const breach of await openBreaches(mostOpen)) {
    if (breach.alerted === null) await alertEntered(context, breach)
    if (!breach.derived) await finishDeriving(context, breach)
    if (lastPhase(breach)?.finished === false) await finishSending(context, breach)
  }
  // Before anybody is alarmed, what has come is counted.
  const told = await followPhases(context)
  let alerts = 0
  for (const breach of await openBreaches(mostOpen)) if (await escalate(context, breach)) alerts += 1
  return { told, alerts }
}

export const breachTimers: Timer[] = [{ name: 'breaches.work-on', every: minute, run: workOnBreaches }]
