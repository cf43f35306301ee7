import { model, Schema } from 'mongoose'

/** How far a mailbox has been read. Numbers of mails rise, until the server begins anew under another `validity`. */
export type ReadUpTo = { _id: string; since: Date; validity: string; uid: number }

const schema = new Schema<ReadUpTo>(
  {
    _id: { type: String, required: true },
    since: { type: Date, required: true },
    validity: { type: String, default: '' },
    uid: { type: Number, default: 0 },
  },
  { versionKey: false, collection: 'reply-mailboxes' },
)

const Mailboxes = model<ReadUpTo>('reply-mailbox', schema)

/** From the first look on: what lay in the mailbox before that day is not ours to read. */
export async function readUpTo(id: string, now: Date): Promise<ReadUpTo> {
  await Mailboxes.updateOne(
    { _id: id },
    { $setOnInsert: { since: now, validity: '', uid: 0 } },
    { upsert: true },
  )
  return (await Mailboxes.findById(id).lean<ReadUpTo>()) ?? { _id: id, since: now, validity: '', uid: 0 }
}

/** Two processes may read at once: the number only rises. */
export async function noteRead(id: string, validity: string, uid: number): Promise<void> {
  const { matchedCount } = await Mailboxes.updateOne({ _id: id, validity }, { $max: { uid } })
  if (matchedCount === 0)
    await Mailboxes.updateOne({ _id: id, validity: { $ne: validity } }, { $set: { validity, uid } })
}
