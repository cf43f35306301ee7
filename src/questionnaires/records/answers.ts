import { model, Schema } from 'mongoose'
import { nullable } from '../../db/fields.js'
import { isTaken } from '../../db/unique.js'
import type { Answer } from '../rules/questionnaire.js'

const schema = new Schema(
  {
    _id: { type: String, required: true },
    questionnaire: { type: String, required: true },
    question: { type: String, required: true },
    version: { type: Number, required: true },
    value: nullable(Schema.Types.Mixed),
    comment: { type: String, default: '' },
    naRefused: Boolean,
    files: { type: [String], default: [] },
    origin: { type: String, required: true },
    source: nullable(Schema.Types.Mixed),
    by: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    earlier: { type: [Schema.Types.Mixed], default: [] },
  },
  { versionKey: false, minimize: false },
)
schema.index({ questionnaire: 1, question: 1 }, { unique: true })
export const Answers = model<Answer>('answer', schema as unknown as Schema<Answer>)

/** How much of what stood there before is kept beside an answer. */
const mostEarlier = 10

export async function answersOf(questionnaire: string): Promise<Answer[]> {
  return Answers.find({ questionnaire }).lean<Answer[]>()
}

export async function answerTo(questionnaire: string, question: string): Promise<Answer | null> {
  return Answers.findOne({ questionnaire, question }).lean<Answer>()
}

/** Null where another answered first. */
export async function insertAnswer(answer: Answer): Promise<Answer | null> {
  try {
    await Answers.create(answer)
    return answer
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}

/** Over the answer as it was read; null where it has changed since. */
export async function replaceAnswer(
  known: Answer,
  changes: Pick<Answer, 'value' | 'comment' | 'origin' | 'source' | 'by' | 'at'>,
): Promise<Answer | null> {
  const { value, comment, by, at } = known
  return Answers.findOneAndUpdate(
    { questionnaire: known.questionnaire, question: known.question, version: known.version },
    {
      $set: changes,
      $unset: { naRefused: 1 },
      $inc: { version: 1 },
      $push: { earlier: { $each: [{ value, comment, by: by.name, at }], $position: 0, $slice: mostEarlier } },
    },
    { returnDocument: 'after' },
  ).lean<Answer>()
}

/** What is attached says nothing else than before: the version stays. */
export async function addFileToAnswer(
  questionnaire: string,
  question: string,
  file: string,
): Promise<Answer | null> {
  return Answers.findOneAndUpdate(
    { questionnaire, question },
    { $addToSet: { files: file } },
    { returnDocument: 'after' },
  ).lean<Answer>()
}

export async function removeFileFromAnswer(
  questionnaire: string,
  question: string,
  file: string,
): Promise<Answer | null> {
  return Answers.findOneAndUpdate(
    { questionnaire, question, files: file },
    { $pull: { files: file } },
    { returnDocument: 'after' },
  ).lean<Answer>()
}
