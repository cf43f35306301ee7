import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { movedFields } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { AgreementVersion } from '../rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    change: { type: Schema.Types.Mixed, required: true },
    publishedOn: { type: String, required: true },
    file: { type: String, default: null },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ publishedOn: -1, _id: -1 })
schema.index({ sample: 1 })
export const AgreementVersions = model<AgreementVersion>(
  'agreement-version',
  schema as unknown as Schema<AgreementVersion>,
)
registerMoved(AgreementVersions)

/** False where that version is there already. */
export async function insertAgreementVersion(version: AgreementVersion): Promise<boolean> {
  try {
    await AgreementVersions.create(version)
    return true
  } catch (error) {
    if (!isTaken(error)) throw error
    return false
  }
}

export async function agreementVersionById(id: string): Promise<AgreementVersion | null> {
  return AgreementVersions.findById(id).lean<AgreementVersion>()
}

/** The last published first: a handful. */
export async function agreementVersions(): Promise<AgreementVersion[]> {
  return AgreementVersions.find({}).sort({ publishedOn: -1, _id: -1 }).limit(200).lean<AgreementVersion[]>()
}
