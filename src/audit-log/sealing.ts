import { setTimeout as sleep } from 'node:timers/promises'
import { appendSeals, lastSeal, sealsOf } from './records/chain.js'
import { noteSealed, unsealedEntries } from './records/entries.js'
import { sealsFor } from './rules.js'

const batch = 500
const attempts = 50

let queue: Promise<unknown> = Promise.resolve()

/** Puts every entry that is not yet in the chain at its end; returns how many. In this process one after the other. */
export function sealAll(): Promise<number> {
  const sealing = queue.then(sealWaiting)
  queue = sealing.catch(() => undefined)
  return sealing
}

/** As `sealAll`, without waiting its turn: what the race between processes comes down to. */
export async function sealWaiting(): Promise<number> {
  let sealed = 0
  for (let attempt = 0; attempt < attempts;) {
    const waiting = await unsealedEntries(batch)
    if (waiting.length === 0) return sealed
    const known = await sealsOf(waiting.map(({ _id }) => _id))
    // Sealed by another process, or by this one before a crash: only the mark was left.
    if (known.size > 0) await noteSealed([...known])
    const fresh = waiting.filter(({ _id }) => !known.has(_id))
    if (fresh.length === 0) continue
    if (await appendSeals(sealsFor(fresh, await lastSeal()))) {
      await noteSealed(fresh.map(({ _id }) => _id))
      sealed += fresh.length
      attempt = 0
    } else {
      // Another process seals at this moment: the loser reads the chain's new end and tries again.
      attempt += 1
      await sleep(Math.random() * 20 * attempt)
    }
  }
  throw new Error('sealing lost the race too often')
}
