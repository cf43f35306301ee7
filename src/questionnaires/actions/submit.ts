import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { look } from '../../question-sets/rules/visible.js'
import { answersOf } from '../records/answers.js'
import { questionnaireById } from '../records/questionnaires.js'
import { answersHash } from '../rules/answers.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { lackingIn } from '../rules/responding.js'
import { saveAnswer } from './answer.js'
import { submittedMails } from './mails.js'
import { moveTo } from './move.js'
import { writerOf, type Respondent } from './respondent.js'

export type Signing = { name: string; title: string }

/**
 * Hands the answers in, signed with name and title; a repeat changes nothing and sends nothing. Throws `Refused` where
 * something is lacking, or somebody else than the owner tries.
 */
export async function submit(
  context: Context,
  respondent: Respondent,
  signing: Signing,
): Promise<Questionnaire> {
  const { questionnaire, set, given, around, part, answers } = respondent
  if (part.kind !== 'owner') throw new Refused('only-owner-submits')
  if (questionnaire.state === 'submitted') return questionnaire
  if (questionnaire.state !== 'asked') throw new Refused('questionnaire-not-open')
  const lacking = lackingIn(set, given, around)
  if (lacking.length > 0) throw new Refused('questionnaire-lacking', { count: lacking.length })
  const view = look(set, given, around)
  for (const { id, type } of set.questions) {
    if (type !== 'signoff' || !view.shows(id)) continue
    const known = answers.find(({ question }) => question === id)
    await saveAnswer(
      context,
      { ...questionnaire, open: null },
      {
        question: id,
        value: { ...signing, on: context.today },
        comment: known?.comment ?? '',
        seen: known?.version ?? 0,
        by: writerOf(respondent),
        origin: 'typed',
      },
    )
  }
  const submitted = await handIn(context, questionnaire, signing)
  await submittedMails(context, submitted)
  return submitted
}

async function handIn(context: Context, questionnaire: Questionnaire, by: Signing): Promise<Questionnaire> {
  const hash = answersHash(await answersOf(questionnaire._id))
  try {
    return await moveTo(
      context,
      questionnaire,
      { state: 'submitted', submitted: { at: context.now, by } },
      {
        event: 'questionnaire.submitted',
        facts: { round: questionnaire.round, answers: hash },
        personal: { ...by },
      },
    )
  } catch (error) {
    // Its button pressed twice: the first of the two handed it in.
    const now = error instanceof Refused ? await questionnaireById(questionnaire._id) : null
    if (now?.state === 'submitted') return now
    throw error
  }
}
