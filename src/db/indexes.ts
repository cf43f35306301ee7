import mongoose from 'mongoose'
import { MongoServerError, type IndexDescription } from 'mongodb'
import type { Collection } from 'mongoose'

/**
 * Makes the indexes of every registered model. Those that exist are left alone, so any process may at any time; one that an earlier
 * release made in another way is made anew.
 */
export async function ensureIndexes(): Promise<void> {
  await Promise.all(
    Object.values(mongoose.models).map(async (model) => {
      const indexes = model.schema
        .indexes()
        .map(([key, options]) => ({ key, ...options }) as IndexDescription)
      if (indexes.length > 0) await createIndexes(model.collection, indexes)
    }),
  )
}

// IndexOptionsConflict, IndexKeySpecsConflict: the name or the key is there, made in another way.
const madeOtherwise = new Set<unknown>([85, 86])

async function createIndexes(collection: Collection, indexes: IndexDescription[]): Promise<void> {
  try {
    await collection.createIndexes(indexes)
  } catch (error) {
    if (!(error instanceof MongoServerError) || !madeOtherwise.has(error.code)) throw error
    for (const index of indexes) await createOrReplace(collection, index)
  }
}

async function createOrReplace(collection: Collection, index: IndexDescription): Promise<void> {
  try {
    await collection.createIndexes([index])
  } catch (error) {
    if (!(error instanceof MongoServerError) || !madeOtherwise.has(error.code)) throw error
    const named = Object.entries(index.key).map(([field, way]) => `${field}_${String(way)}`)
    await collection.dropIndex(index.name ?? named.join('_'))
    await collection.createIndexes([index])
  }
}
