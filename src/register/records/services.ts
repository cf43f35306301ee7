import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { keptWhole } from '../../db/kept.js'
import { firstMove, movedFields, type Move } from '../../db/moves.js'
import type { Service, ServiceContent } from '../rules.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    name: { type: new Schema({ da: String, en: String }, { _id: false }), required: true },
    order: { type: Number, required: true },
    versions: { type: [Schema.Types.Mixed], default: undefined },
    endedOn: { type: String, default: null },
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ reference: 1 }, { unique: true })
schema.index({ sample: 1 })
export const ServiceModel = model<Service>('service', schema as unknown as Schema<Service>)
registerMoved(ServiceModel)

export async function insertService(
  service: ServiceContent & { _id: string; reference: string },
  move: Omit<Move, 'version'>,
): Promise<Service> {
  const created = { ...service, ...firstMove(move) }
  await ServiceModel.create(created)
  return created
}

const inOrderOfId = keptWhole(ServiceModel)

/** In the order in which they are offered; those that have ended come last. */
export async function allServices(): Promise<Service[]> {
  const hasEnded = ({ endedOn }: Service) => Number(endedOn !== null)
  return (await inOrderOfId()).toSorted((a, b) => hasEnded(a) - hasEnded(b) || a.order - b.order)
}

export async function serviceByReference(reference: string): Promise<Service | null> {
  return ServiceModel.findOne({ reference }).lean<Service>()
}
