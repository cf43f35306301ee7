/** Collections of a few records that hardly ever change and that nearly every page needs: read once, and kept for as long as they stand. */
import type { Document } from 'mongodb'
import type { Model } from 'mongoose'
import { askedTogether } from './asked-together.js'

type Kept<Row> = { marks: string; rows: readonly Row[] }

/**
 * All records of the collection in the order of their ids, without the fields named. The database is asked each time whether they are
 * still the same ones, by a mark it makes of each record as it stands there (numbers without their decimals, so of none that has
 * any), so whoever changes one, in whatever process or way, need not know of this. They are shared by all readers, and frozen.
 */
export function keptWhole<Row>(of: Model<Row>, without: readonly (keyof Row & string)[] = []) {
  const marked = { $toString: { $toHashedIndexKey: '$$ROOT' } }
  const marks = { of, stages: [{ $sort: { _id: 1 } }, { $project: { _id: 0, mark: marked } }] }
  const left = without.length === 0 ? [] : [{ $unset: without.map((field) => `row.${field}`) }]
  const whole = {
    of,
    stages: [{ $sort: { _id: 1 } }, { $project: { _id: 0, mark: marked, row: '$$ROOT' } }, ...left],
  }
  let kept: Kept<Row> | undefined

  return async (): Promise<readonly Row[]> => {
    if (kept && kept.marks === inOne(await askedTogether(marks))) return kept.rows
    const found = await askedTogether(whole)
    kept = { marks: inOne(found), rows: frozen(found.map(({ row }) => row as Row)) }
    return kept.rows
  }
}

function inOne(rows: readonly Document[]): string {
  return rows.map(({ mark }) => String(mark)).join()
}

/** Times are left as they are: nothing can be frozen in them. */
function frozen<Value>(value: Value): Value {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value
  for (const inner of Object.values(value)) frozen(inner)
  return value instanceof Date ? value : Object.freeze(value)
}
