/** Whether whole data is just being read in: there is one such record at most, and none when all is well. */
import { model, Schema } from 'mongoose'
import { isTaken } from '../../db/unique.js'

export type ReadIn = {
  _id: string
  /** Of the run that reads it in. */
  run: string
  startedAt: Date
  /** The last sign of life. */
  seenAt: Date
  /** SHA-256 of the manifest. */
  manifest: string
}

const schema = new Schema<ReadIn>(
  {
    _id: { type: String, required: true },
    run: { type: String, required: true },
    startedAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    manifest: { type: String, required: true },
  },
  { collection: 'whole-data-imports', versionKey: false },
)
const ReadIns = model<ReadIn>('whole-data-import', schema)
const only = 'whole-data'

export async function unfinishedReadIn(): Promise<ReadIn | null> {
  return ReadIns.findById(only).lean<ReadIn>()
}

/** False where another was quicker. `before`: the one that was broken off, in whose place it comes. */
export async function beginReadIn(read: Omit<ReadIn, '_id'>, before: ReadIn | null): Promise<boolean> {
  if (before)
    return (
      (await ReadIns.updateOne({ _id: only, run: before.run, seenAt: before.seenAt }, { $set: read }))
        .modifiedCount === 1
    )
  try {
    await ReadIns.create({ _id: only, ...read })
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

export async function noteReadingIn(run: string, at: Date): Promise<void> {
  await ReadIns.updateOne({ _id: only, run }, { $set: { seenAt: at } })
}

export async function endReadIn(run: string): Promise<void> {
  await ReadIns.deleteOne({ _id: only, run })
}
