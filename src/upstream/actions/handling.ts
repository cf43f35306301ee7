import { record } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Handlings, readHandling, saveHandling } from '../records.js'

/** Business days from a sub-processor's mail to our own notice, until the house says otherwise. */
const usualHandlingDays = 5

export async function handlingDays(): Promise<number> {
  return (await readHandling())?.days ?? usualHandlingDays
}

/** How many business days the house needs to send its own notice, and to carry a customer's objection on. */
export async function setHandlingDays(context: Context, days: number): Promise<void> {
  const before = await handlingDays()
  const saved = await saveHandling(days, {
    at: context.now,
    by: context.actor,
    event: 'upstream-handling.set',
    facts: { before: { days: before }, after: { days } },
  })
  await record(Handlings, saved)
}
