import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { Subscriber, SubscriberState } from '../rules/subscribers.js'

type SubscriberRecord = Subscriber & Moved

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    email: { type: String, required: true },
    locale: { type: String, required: true },
    state: { type: String, required: true },
    asked: { type: Number, required: true },
    askedAt: { type: Date, required: true },
    confirmedAt: { type: Date, default: null },
    toldUntil: { type: Date, required: true },
  },
  { versionKey: false, minimize: false },
)
schema.index({ email: 1 }, { unique: true })
schema.index({ state: 1, askedAt: 1 })
schema.index({ state: 1, toldUntil: 1, _id: 1 })
export const Subscribers = model<SubscriberRecord>(
  'public-list-subscriber',
  schema as unknown as Schema<SubscriberRecord>,
)
registerMoved(Subscribers)

/** Null where the address is there already. */
export async function insertSubscriber(
  subscriber: Subscriber,
  move: Omit<Move, 'version'>,
): Promise<SubscriberRecord | null> {
  const created = { ...subscriber, ...firstMove(move) }
  try {
    await Subscribers.create(created)
    return created
  } catch (error) {
    if (!isTaken(error)) throw error
    return null
  }
}

export async function moveSubscriber(
  filter: { _id: string; state: SubscriberState; asked?: number },
  set: Partial<Subscriber>,
  move: Omit<Move, 'version'>,
): Promise<SubscriberRecord | null> {
  return moveOne(Subscribers, filter, { $set: set }, move)
}

export async function subscriberById(id: string): Promise<Subscriber | null> {
  return Subscribers.findById(id).lean<Subscriber>()
}

export async function subscribersByIds(ids: readonly string[]): Promise<Subscriber[]> {
  return Subscribers.find({ _id: { $in: [...ids] } }).lean<Subscriber[]>()
}

export async function subscriberByEmail(email: string): Promise<Subscriber | null> {
  return Subscribers.findOne({ email }).lean<Subscriber>()
}

/** True where there was one. */
export async function deleteSubscriber(id: string): Promise<boolean> {
  return (await Subscribers.deleteOne({ _id: id })).deletedCount === 1
}

/** Asked before that moment, and never confirmed. */
export async function unconfirmedBefore(moment: Date, most: number): Promise<Subscriber[]> {
  return Subscribers.find({ state: 'pending', askedAt: { $lt: moment } })
    .sort({ askedAt: 1 })
    .limit(most)
    .lean<Subscriber[]>()
}

/** Who has not been told of what was published last. */
export async function notToldOf(moment: Date, most: number): Promise<Subscriber[]> {
  return Subscribers.find({ state: 'confirmed', toldUntil: { $lt: moment } })
    .sort({ toldUntil: 1, _id: 1 })
    .limit(most)
    .lean<Subscriber[]>()
}

/** The mails are in the outbox. */
export async function noteTold(ids: readonly string[], until: Date): Promise<void> {
  await Subscribers.updateMany({ _id: { $in: [...ids] } }, { $max: { toldUntil: until } })
}

export async function countSubscribers(state: SubscriberState): Promise<number> {
  return Subscribers.countDocuments({ state })
}
