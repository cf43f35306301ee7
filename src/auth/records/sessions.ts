import { model, Schema } from 'mongoose'
import type { Session } from '../request.js'
import { People, type PersonRecord } from './people.js'

const schema = new Schema<Session>(
  {
    _id: { type: String, required: true },
    person: { type: String, required: true },
    startedAt: { type: Date, required: true },
    lastSeenAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    browser: { type: String, default: '' },
    secondFactorDue: { type: Boolean, default: false },
    pendingFactor: {
      type: new Schema({ secret: String, at: Date, instead: String }, { _id: false }),
      default: null,
    },
  },
  { versionKey: false },
)
schema.index({ person: 1, lastSeenAt: -1 })
schema.index({ lastSeenAt: 1 })
schema.index({ endsAt: 1 })
const Sessions = model<Session>('session', schema)

export async function insertSession(session: Session): Promise<void> {
  await Sessions.create(session)
}

/** The session and whose it is, in one look: every page of staff asks for both. */
export async function sessionWithPerson(
  id: string,
): Promise<{ session: Session; person: PersonRecord | null } | null> {
  const [found] = await Sessions.aggregate<Session & { people: PersonRecord[] }>([
    { $match: { _id: id } },
    {
      $lookup: {
        from: People.collection.collectionName,
        localField: 'person',
        foreignField: '_id',
        pipeline: [{ $unset: ['moves'] }],
        as: 'people',
      },
    },
  ])
  if (!found) return null
  const { people, ...session } = found
  return { session, person: people[0] ?? null }
}

export async function noteSeen(id: string, at: Date): Promise<void> {
  await Sessions.updateOne({ _id: id }, { $max: { lastSeenAt: at } })
}

export async function notePending(id: string, pendingFactor: Session['pendingFactor']): Promise<void> {
  await Sessions.updateOne({ _id: id }, { $set: { pendingFactor } })
}

/** What the session was held up for is done. */
export async function noteFactorSet(id: string): Promise<void> {
  await Sessions.updateOne({ _id: id }, { $set: { pendingFactor: null, secondFactorDue: false } })
}

export async function sessionsOf(person: string): Promise<Session[]> {
  return Sessions.find({ person }).sort({ lastSeenAt: -1 }).limit(100).lean<Session[]>()
}

export async function removeSession(person: string, id: string): Promise<boolean> {
  return (await Sessions.deleteOne({ _id: id, person })).deletedCount > 0
}

/** All of a person's, but the one kept. */
export async function removeSessionsOf(person: string, kept?: string): Promise<number> {
  const { deletedCount } = await Sessions.deleteMany({ person, ...(kept ? { _id: { $ne: kept } } : {}) })
  return deletedCount
}

export async function removeEndedSessions(now: Date, idleSince: Date): Promise<number> {
  const { deletedCount } = await Sessions.deleteMany({
    $or: [{ endsAt: { $lte: now } }, { lastSeenAt: { $lte: idleSince } }],
  })
  return deletedCount
}
