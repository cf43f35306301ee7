import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { firstMove, movedFields, moveOne, type Move, type Moved } from '../../db/moves.js'
import { isTaken } from '../../db/unique.js'
import type { DatedMeasures } from '../rules/measures.js'

export type MeasuresRecord = { _id: string; versions: DatedMeasures[] } & Moved

const schema = new Schema<MeasuresRecord>(
  {
    ...movedFields,
    _id: { type: String, required: true },
    versions: { type: [Schema.Types.Mixed], required: true } as never,
  },
  { collection: 'security-measures', versionKey: false, minimize: false },
)
export const MeasuresModel = model<MeasuresRecord>('security-measures', schema)
registerMoved(MeasuresModel)

/** There is one: the organisation's. */
const measuresId = 'measures'

export async function readMeasures(): Promise<MeasuresRecord | null> {
  return MeasuresModel.findById(measuresId).lean<MeasuresRecord>()
}

/** `version`: as it was read; 0 where there was none. Null where another was quicker. */
export async function moveMeasures(
  version: number,
  versions: DatedMeasures[],
  move: Omit<Move, 'version'>,
): Promise<MeasuresRecord | null> {
  if (version > 0) return moveOne(MeasuresModel, { _id: measuresId, version }, { $set: { versions } }, move)
  const made = { _id: measuresId, versions, ...firstMove(move) }
  try {
    await MeasuresModel.create(made)
    return made
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}
