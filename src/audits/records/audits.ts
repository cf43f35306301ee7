import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { nullable } from '../../db/fields.js'
import { movedFields } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { Audit } from '../rules/audit.js'

const mixed = Schema.Types.Mixed

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    year: { type: Number, required: true },
    edition: { type: Number, required: true },
    replaces: nullable(mixed),
    period: { type: mixed, required: true },
    controlSet: { type: mixed, required: true },
    state: { type: String, required: true },
    lead: { type: String, required: true },
    scope: { type: mixed, required: true },
    plan: { type: String, default: '' },
    independence: nullable(mixed),
    risks: { type: [mixed], default: [] },
    threats: { type: [mixed], default: [] },
    incidents: { type: [mixed], default: [] },
    changesSinceLast: { type: mixed, required: true },
    conclusion: { type: mixed, required: true },
    review: nullable(mixed),
    frozen: nullable(mixed),
    signatures: { type: [mixed], default: [] },
    signedCopy: nullable(mixed),
    papers: nullable(mixed),
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
// One audit a year, and one correction of each.
schema.index({ year: 1, edition: 1 }, { unique: true })
schema.index({ state: 1, year: 1, edition: 1 })
schema.index({ sample: 1 })
export const Audits = model<Audit>('audit', schema as unknown as Schema<Audit>)
registerMoved(Audits)

/** Null where there is one of that year and edition already. */
export async function insertAudit(audit: Audit): Promise<Audit | null> {
  try {
    await Audits.create(audit)
    return audit
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

export async function auditByReference(reference: string): Promise<Audit | null> {
  return Audits.findOne({ reference }).lean<Audit>()
}

export async function auditById(id: string): Promise<Audit | null> {
  return Audits.findById(id).lean<Audit>()
}

/** Those signed by both whose papers have still to be made. */
export async function auditsToSign(): Promise<Audit[]> {
  return Audits.find({ state: 'to-sign' }).sort({ year: 1, edition: 1 }).limit(20).lean<Audit[]>()
}

export async function signedWithoutPapers(): Promise<Audit[]> {
  return Audits.find({ state: 'signed', papers: null })
    .sort({ year: 1, edition: 1 })
    .limit(20)
    .lean<Audit[]>()
}

const most = 200

/** The latest year first, of a year the last edition. One a year, so never many. */
export async function allAudits(): Promise<Audit[]> {
  return Audits.find().sort({ year: -1, edition: -1 }).limit(most).lean<Audit[]>()
}

/** The editions of one year, the last first. */
export async function auditsOfYear(year: number): Promise<Audit[]> {
  return Audits.find({ year }).sort({ edition: -1 }).limit(most).lean<Audit[]>()
}

/** The last one of an earlier year, in its last edition. */
export async function auditBefore(year: number): Promise<Audit | null> {
  return Audits.findOne({ year: { $lt: year } })
    .sort({ year: -1, edition: -1 })
    .lean<Audit>()
}
