import type { Model } from 'mongoose'
import { isTaken } from './unique.js'

/**
 * Inserts those rows whose unique keys are not there yet, in one round trip; the others stay as they are. Defaults of
 * the schema are not applied. Returns how many were new.
 */
export async function insertNew<T extends { _id: string }>(model: Model<T>, rows: T[]): Promise<number> {
  if (rows.length === 0) return 0
  try {
    const { insertedCount } = await model.collection.insertMany(rows as never[], { ordered: false })
    return insertedCount
  } catch (error) {
    const { writeErrors, insertedCount = 0 } = error as { writeErrors?: unknown; insertedCount?: number }
    const failures = [writeErrors ?? []].flat() as { code?: number }[]
    if (failures.length === 0 || failures.some((each) => !isTaken(each))) throw error
    return insertedCount
  }
}
