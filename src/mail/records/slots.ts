import { model, Schema } from 'mongoose'
import { isTaken } from '../../db/unique.js'

/** When the next mail may go to a mail server, and what was last given out; times are of the database's clock, so processes need not agree. */
type Slots = { _id: string; askedAt: Date; first: Date; nextAt: Date }

const schema = new Schema<Slots>(
  {
    // host:port
    _id: { type: String, required: true },
    askedAt: { type: Date, required: true },
    first: { type: Date, required: true },
    nextAt: { type: Date, required: true },
  },
  { collection: 'mail-slots', versionKey: false },
)
const SlotRows = model<Slots>('mail-slots', schema)

/** Takes so many moments one after the other, for this process alone. Returns the milliseconds from now to the first of them. */
export async function takeSlots(server: string, count: number, interval: number): Promise<number> {
  const taken = async () =>
    SlotRows.findOneAndUpdate(
      { _id: server },
      [
        { $set: { askedAt: '$$NOW', first: { $max: ['$nextAt', '$$NOW'] } } },
        { $set: { nextAt: { $add: ['$first', Math.ceil(count * interval)] } } },
      ],
      { upsert: true, returnDocument: 'after', updatePipeline: true },
    ).lean<Slots>()
  const row = await taken().catch((error: unknown) => {
    // Another process made the row at the same moment; it is there now.
    if (isTaken(error)) return taken()
    throw error
  })
  return row ? row.first.getTime() - row.askedAt.getTime() : 0
}
