import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { NotFound, Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { storeFile, type Upload } from '../../files/actions.js'
import { addFileToAnswer, answerTo, insertAnswer, removeFileFromAnswer } from '../records/answers.js'
import type { Answer } from '../rules/questionnaire.js'
import { mayAnswer } from '../rules/responding.js'
import { writerOf, type Respondent } from './respondent.js'

const mostFiles = 20

/** Attaches a file to the answer, also before there is one. Throws `Refused` with what is wrong with the file. */
export async function attachEvidence(
  context: Context,
  respondent: Respondent,
  question: string,
  upload: Upload,
): Promise<Answer> {
  const { questionnaire } = respondent
  refuseUnlessOpen(respondent, question)
  const known = await answerTo(questionnaire._id, question)
  if ((known?.files.length ?? 0) >= mostFiles) throw new Refused('answer-too-many-files', { most: mostFiles })
  const file = await storeFile(context, {
    ...upload,
    about: { kind: 'questionnaire', id: questionnaire._id },
    sample: questionnaire.sample,
  })
  const attached = (await addFileToAnswer(questionnaire._id, question, file._id)) ?? (await first(file._id))
  await recordEvent(
    context,
    'answer.file-added',
    { kind: 'answer', id: attached._id },
    { questionnaire: questionnaire._id, question, file: file._id, sha256: file.sha256 },
    { name: file.name },
  )
  return attached

  async function first(id: string): Promise<Answer> {
    const answer: Answer = {
      _id: newId(),
      questionnaire: questionnaire._id,
      question,
      version: 1,
      value: null,
      comment: '',
      files: [id],
      origin: 'typed',
      source: null,
      by: writerOf(respondent),
      at: context.now,
      earlier: [],
    }
    const made = (await insertAnswer(answer)) ?? (await addFileToAnswer(questionnaire._id, question, id))
    if (!made) throw new Error('an answer that was just made is not there')
    return made
  }
}

/** Takes a file off the answer again; what was uploaded stays on record. */
export async function detachEvidence(
  context: Context,
  respondent: Respondent,
  question: string,
  file: string,
): Promise<void> {
  const { questionnaire } = respondent
  refuseUnlessOpen(respondent, question)
  const answer = await removeFileFromAnswer(questionnaire._id, question, file)
  if (!answer) return
  await recordEvent(
    context,
    'answer.file-removed',
    { kind: 'answer', id: answer._id },
    { questionnaire: questionnaire._id, question, file },
  )
}

function refuseUnlessOpen({ questionnaire, set, part }: Respondent, id: string): void {
  const question = set.questions.find((each) => each.id === id)
  if (!question) throw new NotFound()
  if (questionnaire.state !== 'asked') throw new Refused('questionnaire-not-open')
  if (!mayAnswer(questionnaire, part, question)) throw new Refused('question-not-open')
}
