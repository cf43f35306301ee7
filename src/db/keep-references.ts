import mongoose, { type Model, type QueryFilter } from 'mongoose'
import { nextReferences } from './counters.js'

type Counter = { _id: string; value: number }

/** Longer ones are no references of ours, and would leave a gap nobody fills. */
const longestNumber = 7

/**
 * A reference for each record that comes in from elsewhere: the one it has there, where that is one of ours in form and free
 * here, else the next. Counting goes on behind the highest that is kept.
 */
export async function keepReferences<T extends { reference: string }>(
  model: Model<T>,
  prefix: string,
  wanted: readonly (string | undefined)[],
): Promise<string[]> {
  const shape = new RegExp(`^${prefix}-(\\d{4,${longestNumber}})$`)
  const asked = [...new Set(wanted.filter((reference) => shape.test(reference ?? '')))] as string[]
  const found =
    asked.length === 0
      ? []
      : await model
          .find({ reference: { $in: asked } } as QueryFilter<T>, { reference: 1 })
          .lean<{ reference: string }[]>()
  const free = new Set(asked)
  for (const { reference } of found) free.delete(reference)
  if (free.size > 0)
    await mongoose.connection
      .collection<Counter>('counters')
      .updateOne(
        { _id: prefix },
        { $max: { value: Math.max(...[...free].map((reference) => Number(shape.exec(reference)?.[1]))) } },
        { upsert: true },
      )
  const given = wanted.map((reference) =>
    reference !== undefined && free.delete(reference) ? reference : null,
  )
  const next = await nextReferences(prefix, given.filter((reference) => reference === null).length)
  return given.map((reference) => reference ?? next.shift() ?? '')
}
