import type { Model } from 'mongoose'

/** What a unique index answers to an insert, or a change, that would make a second of a key. */
export function isTaken(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 11_000
}

/** Null where the record is new and is kept; else the one that came before it under the same unique key, as `earlier` finds it. */
export async function insertOnce<T>(
  model: Model<T>,
  record: T,
  earlier: () => Promise<T | null>,
): Promise<T | null> {
  try {
    await model.create(record)
    return null
  } catch (error) {
    const before = isTaken(error) ? await earlier() : null
    if (!before) throw error
    return before
  }
}
