import type { Model, ProjectionType, QueryFilter } from 'mongoose'

/** Counting goes on with more digits where four do not do: 'C-10000' comes after 'C-9999'. */
const digits = [4, 5, 6, 7]

/**
 * Every record in the order of its reference, some at a time: for what goes over a whole register and must not hold it in memory.
 * Stands on the index of references; a record that comes or goes meanwhile shifts no other.
 */
export async function* inOrderOfReference<T extends { reference: string }>(
  model: Model<T>,
  prefix: string,
  projection: ProjectionType<T>,
  size = 200,
): AsyncGenerator<T[]> {
  for (const length of digits) {
    let after = ''
    for (;;) {
      const filter = { reference: { $gt: after, $regex: `^${prefix}-\\d{${length}}$` } } as QueryFilter<T>
      const found = await model.find(filter, projection).sort({ reference: 1 }).limit(size).lean<T[]>()
      const last = found.at(-1)
      if (!last) break
      yield found
      after = last.reference
    }
  }
}
