import type { Context } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import { stopMails } from '../../mail/actions.js'
import { freeze } from '../../question-sets/actions.js'
import { askingKinds } from '../rules/asking.js'
import { setOf } from './ask.js'
import { answersOf } from '../records/answers.js'
import type { Answer, Questionnaire } from '../rules/questionnaire.js'
import { answeredFromPublic } from '../rules/review.js'
import { saveAnswer, type Saved } from './answer.js'
import { moveTo, questionnaireOf } from './move.js'

export type PublicAnswer = Pick<Answer, 'question' | 'value' | 'comment'> & {
  seen: number
  source: { url: string; readOn: Day }
}

/** What staff read in public documentation: where and when stands beside it for good, and marks it everywhere. */
export async function answerFromPublic(
  context: Context,
  questionnaire: Questionnaire,
  by: string,
  { question, value, comment, seen, source }: PublicAnswer,
): Promise<Saved> {
  if (questionnaire.state !== 'prepared' && questionnaire.state !== 'asked')
    throw new Refused('questionnaire-not-open')
  // Answered is in use: the set is what it is now from here on.
  await freeze(setOf(questionnaire.set))
  return saveAnswer(context, questionnaire, {
    question,
    value,
    comment,
    seen,
    origin: 'public',
    source,
    by: { name: by, part: 'staff' },
  })
}

/** Goes to review as it is: what no public source says stays unanswered, and counts so. */
export async function submitFromPublic(
  context: Context,
  reference: string,
  by: string,
): Promise<Questionnaire> {
  const questionnaire = await questionnaireOf(reference)
  const answers = await answersOf(questionnaire._id)
  const found = answers.filter(({ origin, value }) => origin === 'public' && value !== null)
  const submitted = await moveTo(
    context,
    questionnaire,
    answeredFromPublic(questionnaire, found.length, context.now, by),
    {
      event: 'questionnaire.answered-from-public',
      facts: { answers: found.length, round: questionnaire.round, before: { state: questionnaire.state } },
      personal: { by },
    },
  )
  // Nobody is asked any more for what is answered; a mail that has not left stays where it is.
  await stopMails(context, {
    about: { kind: 'questionnaire', ids: [submitted._id] },
    kinds: [...askingKinds],
  })
  return submitted
}
