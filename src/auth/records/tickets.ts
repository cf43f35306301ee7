import { model, Schema } from 'mongoose'

/**
 * What serves once: a link to set Tilsyn up or to set a password, and a right password that waits for its code. Only the hash of its
 * token is kept.
 */
export type Ticket = {
  _id: string
  kind: 'set-up' | 'set-password' | 'second-step'
  person: string | null
  madeAt: Date
  endsAt: Date
  usedAt: Date | null
}

const schema = new Schema<Ticket>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    person: { type: String, default: null },
    madeAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { versionKey: false },
)
schema.index({ person: 1, kind: 1 })
schema.index({ endsAt: 1 })
const Tickets = model<Ticket>('ticket', schema)

export async function insertTicket(ticket: Ticket): Promise<void> {
  await Tickets.create(ticket)
}

export async function openTicket(id: string, kind: Ticket['kind'], now: Date): Promise<Ticket | null> {
  return Tickets.findOne({ _id: id, kind, usedAt: null, endsAt: { $gt: now } }).lean<Ticket>()
}

/** One wins: null if it was used or ran out meanwhile. */
export async function useTicket(id: string, kind: Ticket['kind'], now: Date): Promise<Ticket | null> {
  return Tickets.findOneAndUpdate(
    { _id: id, kind, usedAt: null, endsAt: { $gt: now } },
    { $set: { usedAt: now } },
    { returnDocument: 'after' },
  ).lean<Ticket>()
}

export async function voidTickets(kind: Ticket['kind'], person: string | null): Promise<void> {
  await Tickets.deleteMany({ kind, person, usedAt: null })
}

export async function removeEndedTickets(now: Date): Promise<number> {
  return (await Tickets.deleteMany({ endsAt: { $lte: now } })).deletedCount
}
