import { setTimeout as sleep } from 'node:timers/promises'
import { takeSlots } from '../records/slots.js'

/** What was given out and could not be used in time is let go, or a server that was slow for a while would get it all at once. */
const latest = 1000

/**
 * Resolves when the next mail may go to the server: so many a second at the most, of all processes on this database together. A
 * quarter of a second's mails are asked for at once.
 */
export function makePace(server: string, rate: number): () => Promise<void> {
  const interval = 1000 / rate
  const together = Math.max(1, Math.floor(rate / 4))
  let slots: number[] = []
  let asking: Promise<void> | undefined

  const ask = async () => {
    const wait = await takeSlots(server, together, interval)
    const first = performance.now() + wait
    slots = Array.from({ length: together }, (_, place) => first + place * interval)
  }
  const next = async (): Promise<number> => {
    for (;;) {
      const slot = slots.shift()
      if (slot === undefined)
        await (asking ??= ask().finally(() => {
          asking = undefined
        }))
      else if (slot > performance.now() - latest) return slot
    }
  }
  return async () => {
    const wait = (await next()) - performance.now()
    if (wait > 0) await sleep(wait)
  }
}
