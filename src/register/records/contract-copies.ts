import { model, Schema } from 'mongoose'
import { registerMoved } from '../../audit-log/actions.js'
import { inOrderOfId } from '../../db/in-order-of-id.js'
import { firstMove, movedFields, type Move } from '../../db/moves.js'
import type { ContractCopy, ContractCopyBody } from '../rules/contract-copy.js'

const schema = new Schema(
  {
    ...movedFields,
    _id: { type: String, required: true },
    engagement: { type: String, required: true },
    contract: { type: String, required: true },
    customer: { type: String, required: true },
    askedOn: { type: String, required: true },
    askedBy: String,
    sentOn: { type: String, default: null },
    sentBy: String,
    file: String,
    note: String,
    request: String,
    sample: { type: Boolean, default: false },
  },
  { versionKey: false, minimize: false },
)
schema.index({ engagement: 1, contract: 1, askedOn: -1, _id: -1 })
schema.index({ customer: 1, askedOn: -1, _id: -1 })
schema.index({ askedOn: -1, _id: -1 })
schema.index({ sample: 1 })
export const ContractCopyModel = model<ContractCopy>(
  'contract-copy',
  schema as unknown as Schema<ContractCopy>,
)
registerMoved(ContractCopyModel)

export async function insertContractCopy(
  copy: ContractCopyBody & { _id: string },
  move: Omit<Move, 'version'>,
): Promise<ContractCopy> {
  const created = { ...copy, ...firstMove(move) }
  await ContractCopyModel.create(created)
  return created
}

export async function contractCopyById(id: string): Promise<ContractCopy | null> {
  return ContractCopyModel.findById(id).lean<ContractCopy>()
}

/** Who asked for a copy of this version, the last to ask first. */
export async function contractCopies(
  engagement: string,
  contract: string,
  limit = 500,
): Promise<ContractCopy[]> {
  return ContractCopyModel.find({ engagement, contract })
    .sort({ askedOn: -1, _id: -1 })
    .limit(limit)
    .lean<ContractCopy[]>()
}

/** Which of the engagements, or of the customers, stand in the register of copies asked for. */
export async function askedForCopies(
  by: 'engagement' | 'customer',
  ids: readonly string[],
): Promise<string[]> {
  return ContractCopyModel.distinct(by, { [by]: { $in: [...ids] } })
}

/** All of them, some at a time: for whoever takes everything along. */
export function everyContractCopy(): AsyncGenerator<ContractCopy[]> {
  return inOrderOfId(ContractCopyModel, { moves: 0 })
}
