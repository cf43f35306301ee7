import type { Model } from 'mongoose'
import type { Moved } from '../../db/moves.js'

/** A record as far as the log knows it. */
export type MovedRecord = Moved & { _id: string }

/** Where records of one kind stand. */
export type MovedModel = Pick<Model<MovedRecord>, 'modelName' | 'collection'>

const registered = new Map<string, MovedModel>()

/** The catch-up timer and `verifyLog` look at all records of this model. Called once per model, where it is made. */
export function registerMoved<T extends Moved>(model: Model<T>): void {
  registered.set(model.modelName, model as unknown as MovedModel)
}

export function movedModels(): MovedModel[] {
  return [...registered.values()]
}

/** Clears the mark of those records that have not moved on since. */
export async function noteLogged(model: MovedModel, records: MovedRecord[]): Promise<void> {
  const byVersion = new Map<number, string[]>()
  for (const { _id, version } of records) byVersion.set(version, [...(byVersion.get(version) ?? []), _id])
  for (const [version, ids] of byVersion)
    await model.collection.updateMany(
      { _id: { $in: ids } as never, version, unlogged: true },
      { $set: { unlogged: false } },
    )
}

/** The catch-up timer takes them up again. */
export async function markUnlogged(model: MovedModel, records: MovedRecord[]): Promise<void> {
  const ids = records.map(({ _id }) => _id)
  if (ids.length > 0)
    await model.collection.updateMany({ _id: { $in: ids } as never }, { $set: { unlogged: true } })
}

/** In order of id, after `after`. */
export async function unloggedRecords(
  model: MovedModel,
  after: string,
  limit: number,
): Promise<MovedRecord[]> {
  return read(model, { unlogged: true, _id: { $gt: after } }, limit)
}

/** In order of id, after `after`. */
export async function recordsAfter(model: MovedModel, after: string, limit: number): Promise<MovedRecord[]> {
  return read(model, { _id: { $gt: after } }, limit)
}

async function read(model: MovedModel, filter: object, limit: number): Promise<MovedRecord[]> {
  const found = model.collection.find(filter, { projection: { version: 1, moves: 1, unlogged: 1 } })
  return (await found.sort({ _id: 1 }).limit(limit).toArray()) as unknown as MovedRecord[]
}
