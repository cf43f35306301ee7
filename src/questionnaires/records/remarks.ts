import { model, Schema } from 'mongoose'
import { isTaken } from '../../db/unique.js'
import type { Remark } from '../rules/questionnaire.js'
import { Answers } from './answers.js'

const schema = new Schema(
  {
    _id: { type: String, required: true },
    questionnaire: { type: String, required: true },
    question: { type: String, required: true },
    version: { type: Number, required: true },
    answer: { type: Number, required: true },
    verdict: { type: String, required: true },
    external: { type: String, default: '' },
    internal: { type: String, default: '' },
    at: { type: Date, required: true },
    by: { type: Schema.Types.Mixed, required: true },
  },
  { versionKey: false, minimize: false },
)
schema.index({ questionnaire: 1, question: 1 }, { unique: true })
const Remarks = model<Remark>('remark', schema as unknown as Schema<Remark>)

export async function remarksOf(questionnaire: string): Promise<Remark[]> {
  return Remarks.find({ questionnaire }).lean<Remark[]>()
}

export async function remarkOn(questionnaire: string, question: string): Promise<Remark | null> {
  return Remarks.findOne({ questionnaire, question }).lean<Remark>()
}

/** Null where another wrote one first. */
export async function insertRemark(remark: Remark): Promise<Remark | null> {
  try {
    await Remarks.create(remark)
    return remark
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

/** Over the remark as it was read; null where it has changed since. */
export async function replaceRemark(
  known: Remark,
  changes: Pick<Remark, 'answer' | 'verdict' | 'external' | 'internal' | 'at' | 'by'>,
): Promise<Remark | null> {
  return Remarks.findOneAndUpdate(
    { questionnaire: known.questionnaire, question: known.question, version: known.version },
    { $set: changes, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<Remark>()
}

/** Whether 'not applicable' is taken, of the answer as the reviewer saw it: it then scores 0. */
export async function setNaRefused(
  questionnaire: string,
  question: string,
  version: number,
  refused: boolean,
): Promise<void> {
  await Answers.updateOne(
    { questionnaire, question, version },
    refused ? { $set: { naRefused: true } } : { $unset: { naRefused: 1 } },
  )
}
