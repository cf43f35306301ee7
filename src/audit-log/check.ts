import type { Context } from '../base/context.js'
import { recordEvent } from './actions.js'
import { saveCheck } from './records/checks.js'
import { sealAll } from './sealing.js'
import { verifyLog, type Verification } from './verify.js'

export { lastCheck, type Check } from './records/checks.js'

/** Recomputes the chain and keeps what it found for the log's page and the dashboard. */
export async function checkChain(context: Context): Promise<Verification> {
  await sealAll()
  const found = await verifyLog()
  await saveCheck({
    at: context.now,
    sealed: found.sealed,
    breaks: found.breaks.length,
    first: found.breaks[0] ?? null,
  })
  return found
}

/** As the timer does every night, for a person who wants to know now: that it was asked for, and what came out, is logged. */
export async function checkLogNow(context: Context): Promise<Verification> {
  const found = await checkChain(context)
  await recordEvent(
    context,
    'log.checked',
    { kind: 'log', id: 'chain' },
    { sealed: found.sealed, breaks: found.breaks.length },
  )
  return found
}
