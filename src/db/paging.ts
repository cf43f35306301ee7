import mongoose, { type Model, type QueryFilter } from 'mongoose'
import { BSON } from 'mongodb'

const { EJSON, ObjectId } = BSON

export type Sort = { field: string; direction: 1 | -1 }

export type Page<T> = {
  rows: T[]
  /** Cursor of the page after this one; null on the last. */
  next: string | null
  /** Cursor of the page before this one; null on the first. */
  previous: string | null
}

type Cursor = { way: 'after' | 'before'; value: unknown; id: unknown }

/**
 * One page of a list, found by the sort value and id of the row it follows instead of by counting rows: as fast
 * on page 1,000 as on page 1, and steady while rows are added. Needs an index on the filter's fields, the sort
 * field and `_id`. `walk`: nearly all rows match, so it goes along the sort field's own index and leaves out the few that do not. `fields`: of large records those a page needs, the sort field among them. `cursor` comes from an address and may be anything: one that does not fit is the first page.
 */
export async function pageAfter<T>(
  model: Model<T>,
  filter: QueryFilter<T>,
  sort: Sort,
  cursor: string | undefined,
  size: number,
  { walk = false, fields }: { walk?: boolean; fields?: Record<string, 1> } = {},
): Promise<Page<T>> {
  const from = cursor === undefined ? undefined : decoded(cursor)
  const backwards = from?.way === 'before'
  const direction = (backwards ? -sort.direction : sort.direction) as 1 | -1
  let found: T[]
  try {
    const asked = model
      .find(
        (from ? { $and: [filter, beyond(sort.field, direction, from)] } : filter) as QueryFilter<T>,
        fields,
      )
      .sort({ [sort.field]: direction, _id: direction })
      .limit(size + 1)
    found = await (walk ? asked.hint({ [sort.field]: 1, _id: 1 }) : asked).lean<T[]>()
  } catch (error) {
    if (from && error instanceof mongoose.Error.CastError)
      return pageAfter(model, filter, sort, undefined, size, { walk, ...(fields ? { fields } : {}) })
    throw error
  }
  const more = found.length > size
  const rows = found.slice(0, size)
  if (backwards) rows.reverse()
  if (from && rows.length === 0)
    return pageAfter(model, filter, sort, undefined, size, { walk, ...(fields ? { fields } : {}) })
  const at = (way: Cursor['way'], row: T | undefined) => (row ? encoded(way, row, sort.field) : null)
  return {
    rows,
    next: more || backwards ? at('after', rows.at(-1)) : null,
    previous: backwards ? (more ? at('before', rows[0]) : null) : from ? at('before', rows[0]) : null,
  }
}

/** How many there are, counted up to `cap` only: "1,000+" is all anyone reads of a larger number. */
export async function cappedCount<T>(
  model: Model<T>,
  filter: QueryFilter<T>,
  cap = 1000,
): Promise<{ count: number; capped: boolean }> {
  const counted = await model.countDocuments(filter).limit(cap + 1)
  return { count: Math.min(counted, cap), capped: counted > cap }
}

function beyond(field: string, direction: 1 | -1, { value, id }: Cursor): object {
  const operator = direction === 1 ? '$gt' : '$lt'
  if (field === '_id') return { _id: { [operator]: id } }
  const later: object[] = [{ [field]: value, _id: { [operator]: id } }]
  // Rows without a value sort before all others, and no comparison reaches from one kind to the other.
  if (value !== null) later.push({ [field]: { [operator]: value } })
  if (value === null && direction === 1) later.push({ [field]: { $ne: null } })
  if (value !== null && direction === -1) later.push({ [field]: null })
  return { $or: later }
}

function encoded(way: Cursor['way'], row: unknown, field: string): string {
  const values = row as Record<string, unknown>
  const value = field
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], values)
  return Buffer.from(EJSON.stringify([way, value ?? null, values._id])).toString('base64url')
}

function decoded(cursor: string): Cursor | undefined {
  try {
    const parts: unknown = EJSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (!Array.isArray(parts)) return undefined
    const [way, value, id] = parts as unknown[]
    if (way !== 'after' && way !== 'before') return undefined
    return isPlain(value) && isPlain(id) && id !== null ? { way, value, id } : undefined
  } catch {
    return undefined
  }
}

/** An object in a cursor could carry a query operator of the sender's choice. */
function isPlain(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true
  return value instanceof Date || value instanceof ObjectId
}
