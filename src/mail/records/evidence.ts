import { model, Schema } from 'mongoose'
import { insertNew } from '../../db/insert-new.js'
import type { Evidence } from '../rules.js'

const schema = new Schema<Evidence>(
  {
    _id: { type: String, required: true },
    mail: { type: String, required: true },
    attempt: { type: Number, required: true },
    at: { type: Date, required: true },
    outcome: { type: String, required: true },
    server: { type: String, default: null },
    reply: { type: String, default: '' },
    code: { type: Number, default: null },
    messageId: { type: String, required: true },
  },
  { collection: 'mail-evidence', versionKey: false },
)
schema.index({ mail: 1, at: 1 })

const Evidences = model<Evidence>('mail-evidence', schema)

export async function insertEvidence(rows: Evidence[]): Promise<void> {
  await insertNew(Evidences, rows)
}

export async function acceptedAmong(mails: string[]): Promise<string[]> {
  const rows = await Evidences.find({ mail: { $in: mails }, outcome: 'accepted' }, { mail: 1 }).lean()
  return rows.map(({ mail }) => mail)
}

/** Oldest first, by mail. */
export async function evidenceOf(mails: string[]): Promise<Map<string, Evidence[]>> {
  const byMail = new Map<string, Evidence[]>()
  const rows = await Evidences.find({ mail: { $in: mails } })
    .sort({ mail: 1, at: 1 })
    .lean()
  for (const row of rows) {
    const known = byMail.get(row.mail)
    if (known) known.push(row)
    else byMail.set(row.mail, [row])
  }
  return byMail
}

export async function deleteEvidence(mails: string[]): Promise<void> {
  await Evidences.deleteMany({ mail: { $in: mails } })
}
