import { model, Schema } from 'mongoose'
import type { Letterhead } from '../rules.js'

const schema = new Schema<Letterhead & { _id: string }>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    address: { type: String, default: '' },
    registration: { type: String, default: '' },
    replyTo: { type: String, default: null },
  },
  { collection: 'mail-letterheads', versionKey: false },
)

const Letterheads = model('mail-letterhead', schema)

export async function saveLetterhead(letterhead: Letterhead): Promise<void> {
  await Letterheads.updateOne({ _id: 'letterhead' }, { $set: letterhead }, { upsert: true })
}

export async function readLetterhead(): Promise<Letterhead | null> {
  return Letterheads.findById('letterhead', { _id: 0 }).lean()
}
