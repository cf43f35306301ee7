import { setTimeout as sleep } from 'node:timers/promises'
import { dayOf } from '../base/day.js'
import { newId } from '../base/ids.js'
import type { Clock, Context } from '../base/context.js'
import type { Log } from '../base/log.js'
import { hold, keepHold, noteFailure, noteStart, noteSuccess } from './records.js'

/** Something that happens by itself. Its selector asks "due by now", so a late run does what earlier ones missed. */
export type Timer = {
  name: string
  /** Milliseconds, or a cron expression read in the business' zone. */
  every: number | string
  run: (context: Context) => Promise<Record<string, number>>
}

export type Door = { clock: Clock; zone: string; log: Log }

/** What came of it; 'busy' when it is running already, here or in another process. */
export type Run =
  | { state: 'done'; counts: Record<string, number> }
  | { state: 'failed'; incident: string }
  | { state: 'busy' }

// Long enough for a pause of the database, short enough that a killed process is soon forgotten.
const heldFor = 60_000

/**
 * Runs the timer once, never while it is running elsewhere, and notes how it went. Does not throw for what the timer
 * throws: that is logged under an incident number and shown on the dashboard.
 */
export async function runTimer(
  timer: Timer,
  { clock, zone, log }: Door,
  touch?: () => Promise<void>,
): Promise<Run> {
  const holder = newId()
  const until = () => new Date(Date.now() + heldFor)
  if (!(await hold(timer.name, holder, new Date(), until()))) return { state: 'busy' }
  const heartbeat = setInterval(() => {
    Promise.all([keepHold(timer.name, holder, until()), touch?.()]).catch(() =>
      log.warn({ timer: timer.name }, 'timer could not keep its hold'),
    )
  }, heldFor / 4)
  try {
    const now = clock()
    await noteStart(timer.name, now)
    const counts = await timer.run({
      now,
      today: dayOf(now, zone),
      actor: { kind: 'timer', id: timer.name },
      locale: 'da',
    })
    await noteSuccess(timer.name, holder, clock(), counts)
    const did = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
    if (Object.keys(did).length > 0) log.info({ timer: timer.name, counts: did }, 'timer ran')
    return { state: 'done', counts }
  } catch (error) {
    const incident = newId().slice(0, 8)
    // The place only: a message may carry values of documents.
    const { name, stack = '' } = error instanceof Error ? error : new Error()
    const at = stack.split('\n').filter((line) => line.trimStart().startsWith('at '))
    log.error({ timer: timer.name, incident, error: name, at: at.slice(0, 8) }, 'timer failed')
    await noteFailure(timer.name, holder, clock(), incident).catch(() => undefined)
    return { state: 'failed', incident }
  } finally {
    clearInterval(heartbeat)
  }
}

/** As `runTimer`, after the run that is under way, if there is one. */
export async function runTimerNext(timer: Timer, door: Door): Promise<Run> {
  for (;;) {
    const run = await runTimer(timer, door)
    if (run.state !== 'busy') return run
    await sleep(50)
  }
}
