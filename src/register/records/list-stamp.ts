/** One mark for all that is derived beside the register: it is another one whenever anything of that has changed. */
import { model, Schema } from 'mongoose'
import { newId } from '../../base/ids.js'

type ListStamp = { _id: string; mark: string; shape: number }

const schema = new Schema<ListStamp>(
  {
    _id: { type: String, required: true },
    mark: { type: String, required: true },
    shape: { type: Number, required: true },
  },
  { versionKey: false },
)
export const ListStamps = model<ListStamp>('list-stamp', schema)

/** Raised when the entries or spans are derived in another way: then everything is made anew once. */
const shape = 2
const only = 'register'

/** Null where nothing has been derived yet, or an earlier release derived it otherwise. */
export async function listStamp(): Promise<string | null> {
  return stampIn([await ListStamps.findById(only).lean()])
}

/** To read it in one question with others, after them; `stampIn` finds it in what that gives. */
export const stampLast = {
  $unionWith: { coll: ListStamps.collection.collectionName, pipeline: [{ $match: { _id: only } }] },
}

export function stampIn(rows: readonly unknown[]): string | null {
  const stamp = (rows as (Partial<ListStamp> | null)[]).find((row) => row?._id === only)
  return stamp?.shape === shape ? (stamp.mark ?? null) : null
}

/** A mark that never was: a count could come again when a dump is restored. */
export async function stampLists(): Promise<void> {
  await ListStamps.updateOne({ _id: only }, { $set: { mark: newId(), shape } }, { upsert: true })
}

type Kept = { stamp: string; value: Promise<unknown> }
const kept = new Map<string, Kept>()
const mostKept = 200

/**
 * What was reckoned from the derived entries, until these change. `stamp`: as it was before anything was read; entries that
 * another process is writing are stamped by whoever reads next, since their records stay marked until it has been done.
 */
export async function whileListsStand<Value>(
  stamp: string | null,
  key: string,
  reckon: () => Promise<Value>,
): Promise<Value> {
  if (stamp === null) return reckon()
  const known = kept.get(key)
  if (known?.stamp === stamp) return known.value as Promise<Value>
  const value = reckon()
  kept.delete(key)
  kept.set(key, { stamp, value })
  // The oldest first: another day, another page.
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(old)
  value.catch(() => kept.delete(key))
  return value
}
