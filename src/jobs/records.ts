import mongoose, { model, Schema } from 'mongoose'
import { isTaken } from '../db/unique.js'

/** How a timer last went. */
export type TimerRun = {
  /** The timer's name. */
  _id: string
  startedAt: Date | null
  finishedAt: Date | null
  /** Of the last failure, which `finishedAt` may be later than. */
  failedAt: Date | null
  /** Under which the failure stands in the log of the process. */
  incident: string | null
  /** Failures in a row; 0 after a run that went well. */
  failures: number
  /** What the last run that went well did. */
  counts: Record<string, number>
}

type Row = TimerRun & { holder: string | null; heldUntil: Date }

const schema = new Schema<Row>(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, default: null },
    finishedAt: { type: Date, default: null },
    failedAt: { type: Date, default: null },
    incident: { type: String, default: null },
    failures: { type: Number, default: 0 },
    counts: { type: Object, default: {} },
    holder: { type: String, default: null },
    heldUntil: { type: Date, required: true },
  },
  { collection: 'timer-runs', versionKey: false, minimize: false },
)

const Runs = model<Row>('timer-run', schema)

/** One holder at a time, across all processes; false while another has it. Times are of the machine's clock. */
export async function hold(timer: string, holder: string, now: Date, until: Date): Promise<boolean> {
  try {
    await Runs.updateOne(
      { _id: timer, heldUntil: { $lte: now } },
      { $set: { holder, heldUntil: until } },
      { upsert: true },
    )
    return true
  } catch (error) {
    // The upsert of a timer that is held finds no row to update, and cannot make a second one.
    if (isTaken(error)) return false
    throw error
  }
}

/** False when the hold was lost. */
export async function keepHold(timer: string, holder: string, until: Date): Promise<boolean> {
  const { matchedCount } = await Runs.updateOne({ _id: timer, holder }, { $set: { heldUntil: until } })
  return matchedCount === 1
}

export async function noteStart(timer: string, at: Date): Promise<void> {
  await Runs.updateOne({ _id: timer }, { $set: { startedAt: at } })
}

export async function noteSuccess(
  timer: string,
  holder: string,
  at: Date,
  counts: Record<string, number>,
): Promise<void> {
  const free = { holder: null, heldUntil: new Date(0) }
  await Runs.updateOne({ _id: timer, holder }, { $set: { finishedAt: at, counts, failures: 0, ...free } })
}

export async function noteFailure(timer: string, holder: string, at: Date, incident: string): Promise<void> {
  const free = { holder: null, heldUntil: new Date(0) }
  await Runs.updateOne(
    { _id: timer, holder },
    { $set: { failedAt: at, incident, ...free }, $inc: { failures: 1 } },
  )
}

export async function allRuns(): Promise<TimerRun[]> {
  return Runs.find({}, { holder: 0, heldUntil: 0 }).sort({ _id: 1 }).lean<TimerRun[]>()
}

export async function forgetOthers(names: string[]): Promise<void> {
  await Runs.deleteMany({ _id: { $nin: names } })
}

const agendaCollection = 'agenda-jobs'

export function agendaStore() {
  const { db } = mongoose.connection
  if (!db) throw new Error('the database is not connected')
  return { mongo: db, collection: agendaCollection }
}

/** Two processes that start at once must not make two jobs of one timer: agenda looks before it inserts. */
export async function prepareAgendaStore(): Promise<void> {
  await jobs().createIndex({ name: 1 }, { unique: true, partialFilterExpression: { type: 'single' } })
}

/** Unlocks what an agenda that has ended took and did not begin, which otherwise waits for its lock to run out. */
export async function unlockJobsOf(agenda: string): Promise<void> {
  await jobs().updateMany({ lastModifiedBy: agenda, lockedAt: { $ne: null } }, { $set: { lockedAt: null } })
}

function jobs() {
  return mongoose.connection.collection(agendaCollection)
}
