import mongoose from 'mongoose'
import { isTaken } from './unique.js'

type Counter = { _id: string; value: number }

/**
 * The next reference people speak by: `CN-2026-004` with a year, `C-0001` without. Never given out twice; a
 * number is lost where its record was not saved after all.
 */
export async function nextReference(prefix: string, year: number | null): Promise<string> {
  const series = year === null ? prefix : `${prefix}-${year}`
  const value = await nextOf(series)
  return `${series}-${String(value).padStart(year === null ? 4 : 3, '0')}`
}

async function nextOf(series: string): Promise<number> {
  const counters = mongoose.connection.collection<Counter>('counters')
  for (;;) {
    try {
      const counter = await counters.findOneAndUpdate(
        { _id: series },
        { $inc: { value: 1 } },
        { upsert: true, returnDocument: 'after' },
      )
      if (counter) return counter.value
    } catch (error) {
      // Two first numbers at once: the later upsert finds the counter made, and counts on the next try.
      if (!isTaken(error)) throw error
    }
  }
}

/** As `nextReference`, many at once and in rising order, taken in one step. */
export async function nextReferences(prefix: string, count: number): Promise<string[]> {
  if (count === 0) return []
  const counters = mongoose.connection.collection<Counter>('counters')
  for (;;) {
    try {
      const counter = await counters.findOneAndUpdate(
        { _id: prefix },
        { $inc: { value: count } },
        { upsert: true, returnDocument: 'after' },
      )
      const last = counter?.value ?? count
      return Array.from(
        { length: count },
        (_, place) => `${prefix}-${String(last - count + 1 + place).padStart(4, '0')}`,
      )
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
}
