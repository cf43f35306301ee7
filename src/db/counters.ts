import mongoose from 'mongoose'

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
      if ((error as { code?: unknown }).code !== 11000) throw error
    }
  }
}
