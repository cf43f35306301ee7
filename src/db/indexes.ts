import mongoose from 'mongoose'
import type { IndexDescription } from 'mongodb'

/** Makes the indexes of every registered model. Those that exist are left alone, so any process may at any time. */
export async function ensureIndexes(): Promise<void> {
  await Promise.all(
    Object.values(mongoose.models).map(async (model) => {
      const indexes = model.schema
        .indexes()
        .map(([key, options]) => ({ key, ...options }) as IndexDescription)
      if (indexes.length > 0) await model.collection.createIndexes(indexes)
    }),
  )
}
