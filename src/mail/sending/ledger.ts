import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../base/context.js'
import { isAway } from '../../db/away.js'
import type { Outcome } from '../rules.js'
import { recordResults, type Result } from '../records/claims.js'

export type Counts = Partial<Record<Outcome, number>>

/** Notes results in batches; a note waits only when writing has fallen behind. */
export type Ledger = { note: (result: Result) => Promise<void>; close: () => Promise<Counts> }

const batch = 20
// What is sent and not yet noted is sent again after a kill, so it must stay little, in number and in time.
const mostUnnoted = 3 * batch
const longestUnnoted = 100
const attempts = 5
const longestPause = 5

/** `stopping`: the process is about to end, and can wait for a database no longer. */
export function openLedger(clock: Clock, stopping: () => boolean = () => false): Ledger {
  const counts: Counts = {}
  let results: Result[] = []
  let writing: Promise<void> = Promise.resolve()
  let unnoted = 0
  let timer: NodeJS.Timeout | undefined

  const write = () => {
    clearTimeout(timer)
    timer = undefined
    if (results.length === 0) return
    const those = results
    results = []
    writing = writing.then(async () => {
      await record(those, clock, stopping)
      unnoted -= those.length
      for (const { evidence } of those) counts[evidence.outcome] = (counts[evidence.outcome] ?? 0) + 1
    })
    // The next note, or the end, is told.
    writing.catch(() => undefined)
  }

  return {
    note: async (result) => {
      results.push(result)
      unnoted += 1
      if (results.length >= batch) write()
      else timer ??= setTimeout(write, longestUnnoted)
      if (unnoted > mostUnnoted) await writing
    },
    close: async () => {
      write()
      await writing
      return counts
    },
  }
}

/**
 * What the process knows to be sent must be noted, or it is sent again: while the database is away it keeps trying, however long.
 * Evidence has its id already, so repeats are harmless.
 */
async function record(results: Result[], clock: Clock, stopping: () => boolean): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await recordResults(results, clock())
    } catch (error) {
      if (attempt >= attempts && (stopping() || !isAway(error))) throw error
      await sleep(1000 * Math.min(attempt, longestPause))
    }
  }
}
