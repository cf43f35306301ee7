import type { Model, ProjectionType, QueryFilter } from 'mongoose'

/** All records, some at a time, in the order of their ids: for what has no number to go by. */
export async function* inOrderOfId<T extends { _id: string }>(
  model: Model<T>,
  projection: ProjectionType<T>,
  size = 500,
): AsyncGenerator<T[]> {
  for (let after = ''; ;) {
    const filter = { _id: { $gt: after } } as QueryFilter<T>
    const found = await model.find(filter, projection).sort({ _id: 1 }).limit(size).lean<T[]>()
    const last = found.at(-1)
    if (!last) return
    yield found
    after = last._id
  }
}
