import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { keptWhole } from '../../db/kept.js'
import { firstMove, moveOne, movedFields, type Move, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import { organisationId, type Organisation } from '../organisation-rules.js'
import type { Role } from '../permissions.js'

/** `secondFactorFor`: roles that may not be without two-step sign-in; missing on records of before. */
export type OrganisationRecord = Organisation & Moved & { secondFactorFor?: Role[] }

const schema = new Schema<OrganisationRecord>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    registration: {
      type: new Schema({ kind: String, number: String, keptBecause: String }, { _id: false }),
      required: true,
    },
    address: { type: String, required: true },
    dpo: { type: new Schema({ name: String, email: String, phone: String }, { _id: false }), required: true },
    locales: { type: [String], required: true },
    replyTo: { type: String, required: true },
    sampleSince: { type: Date, default: null },
    secondFactorFor: { type: [String], default: [] },
    ...movedFields,
  },
  { minimize: false, versionKey: false },
)
const Organisations = model<OrganisationRecord>('organisation', schema)
registerMoved(Organisations)
export { Organisations }

const onlyOne = keptWhole(Organisations)

export async function readOrganisation(): Promise<OrganisationRecord | null> {
  return (await onlyOne()).find(({ _id }) => _id === organisationId) ?? null
}

export async function saveOrganisation(
  set: Omit<Organisation, '_id' | 'sampleSince'>,
  move: Omit<Move, 'version'>,
): Promise<OrganisationRecord> {
  const moved = await moveOne(Organisations, { _id: organisationId }, { $set: set }, move)
  if (moved) return moved
  try {
    const record = { _id: organisationId, ...set, sampleSince: null, ...firstMove(move) }
    await Organisations.create(record)
    return record
  } catch (error) {
    if (!isTaken(error)) throw error
    return saveOrganisation(set, move)
  }
}

/** Null where it is so already. */
export async function moveSample(
  since: Date | null,
  move: Omit<Move, 'version'>,
): Promise<OrganisationRecord | null> {
  const where = since ? { sampleSince: null } : { sampleSince: { $ne: null } }
  return moveOne(Organisations, { _id: organisationId, ...where }, { $set: { sampleSince: since } }, move)
}

/** Null before the house is set up. */
export async function moveSecondFactorFor(
  roles: Role[],
  move: Omit<Move, 'version'>,
): Promise<OrganisationRecord | null> {
  return moveOne(Organisations, { _id: organisationId }, { $set: { secondFactorFor: roles } }, move)
}
