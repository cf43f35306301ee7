import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Agenda } from 'agenda'
import { newId } from '../base/ids.js'
import { isTaken } from '../db/unique.js'
import {
  agendaStore,
  allRuns,
  forgetOthers,
  prepareAgendaStore,
  unlockJobsOf,
  type TimerRun,
} from './records.js'
import { runTimer, runTimerNext, type Door, type Run, type Timer } from './run.js'

export type { TimerRun } from './records.js'
export type { Run, Timer } from './run.js'

export type Jobs = {
  /** Runs one timer now, after a run of it that is under way. */
  runNow: (name: string) => Promise<Run>
  /** Begins nothing more and waits for what is running, but no longer than `longestStop` milliseconds. */
  stop: () => Promise<void>
}

// After a kill another process takes the timer over; a run that lives touches its lock far more often.
const lockLifetime = 2 * 60_000

/**
 * Starts the timers of this process. Each runs once soon after, so that what was missed while nothing ran is done;
 * from then on agenda, which holds names and times only, sees to it that one of all processes runs it when it is time.
 */
export async function startJobs(
  options: Door & { timers: Timer[]; longestStop?: number; lookEvery?: number },
): Promise<Jobs> {
  const { timers, zone, log, longestStop = 30_000, lookEvery = 10_000 } = options
  const name = `${hostname()}-${process.pid}-${newId().slice(0, 8)}`
  await prepareAgendaStore()
  await forgetOthers(timers.map((timer) => timer.name))
  // Not before the pages are there: timers begin after them.
  const [{ Agenda: Scheduler }, { MongoBackend }] = await Promise.all([
    import('agenda'),
    import('@agendajs/mongo-backend'),
  ])
  const agenda = new Scheduler({
    // Its index creation would end the process if the database were away at that moment; its few rows need none.
    backend: new MongoBackend({ ...agendaStore(), ensureIndex: false }),
    name,
    // Below the shortest interval of a timer: each begins on the second all the same, since agenda takes hold of what is due until
    // the next look. Every look asks once for each timer, which who waits for a page just then feels, so not more often than needed.
    // As a number: agenda reads '10 seconds' as 10,000 seconds, and nothing runs.
    processEvery: lookEvery,
    maxConcurrency: 3,
    defaultConcurrency: 1,
    defaultLockLifetime: lockLifetime,
    // Other than 0 lets an expired lock that waits stall a timer for good.
    lockLimit: 0,
  })
  agenda.on('error', (error) => log.warn({ error: error.name }, 'agenda could not look for timers'))
  for (const timer of timers)
    // One parameter only: with two agenda waits for a callback.
    agenda.define(timer.name, async (job) => {
      await runTimer(timer, options, () => job.touch())
    })
  await agenda.start()
  // Here and nowhere else: it takes the lock from a run under way in another process. `runTimer` then finds it busy.
  for (const timer of timers) await schedule(agenda, timer, zone)

  let stopping = false
  const catchUp = (async () => {
    for (const timer of timers) if (!stopping) await runTimer(timer, options)
  })()
  catchUp.catch((error: unknown) => log.error({ error: (error as Error).name }, 'catching up failed'))

  return {
    runNow: (timerName) => {
      const timer = timers.find((known) => known.name === timerName)
      if (!timer) throw new Error('no timer of this name')
      return runTimerNext(timer, options)
    },
    stop: async () => {
      stopping = true
      // Whoever is in the middle of something is not waited for longer: the next run finds what is left, as after a kill.
      const [{ timedOut }] = await Promise.all([
        agenda.drain(longestStop),
        Promise.race([catchUp.catch(() => undefined), sleep(longestStop, undefined, { ref: false })]),
      ])
      if (!timedOut) await unlockJobsOf(name)
    },
  }
}

/** How each timer last went, by name. */
export async function timerRuns(): Promise<TimerRun[]> {
  return allRuns()
}

/** For a house whose clock is moved by hand: the timers without agenda. */
export function timersByHand(
  options: Door & { timers: Timer[] },
): Pick<Jobs, 'runNow'> & { runAll: () => Promise<Run[]> } {
  const { timers } = options
  return {
    runNow: (name) => {
      const timer = timers.find((known) => known.name === name)
      if (!timer) throw new Error('no timer of this name')
      return runTimerNext(timer, options)
    },
    runAll: async () => {
      const runs: Run[] = []
      for (const timer of timers) runs.push(await runTimerNext(timer, options))
      return runs
    },
  }
}

async function schedule(agenda: Agenda, timer: Timer, zone: string): Promise<void> {
  const every = () =>
    agenda.every(timer.every, timer.name, undefined, { timezone: zone, skipImmediate: true })
  try {
    await every()
  } catch (error) {
    // Another process made the job at the same moment; it is there now.
    if (!isTaken(error)) throw error
    await every()
  }
}
