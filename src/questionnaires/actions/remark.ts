import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { answerTo } from '../records/answers.js'
import { insertRemark, remarkOn, replaceRemark, setNaRefused } from '../records/remarks.js'
import type { Questionnaire, Remark } from '../rules/questionnaire.js'
import { isNotApplicable, refuseUnlessSubmitted } from '../rules/review.js'

export type RemarkToSave = Pick<Remark, 'question' | 'verdict' | 'external' | 'internal'> & {
  /** The versions that stood on the page: of the remark (0: there was none) and of the answer. */
  seen: number
  answer: number
}

/** `conflict`: what another reviewer wrote, or that the answer is another by now; nothing was written over it. */
export type RemarkSaved = { saved: Remark | null } | { conflict: Remark | null }

/** A reviewer's word on one answer. What has not changed is not written. */
export async function saveRemark(
  context: Context,
  questionnaire: Questionnaire,
  given: RemarkToSave,
): Promise<RemarkSaved> {
  refuseUnlessSubmitted(questionnaire)
  const { question, verdict, external, internal, seen } = given
  const [known, answer] = await Promise.all([
    remarkOn(questionnaire._id, question),
    answerTo(questionnaire._id, question),
  ])
  if (known && isSame(known, given)) return { saved: known }
  if ((known?.version ?? 0) !== seen || (answer?.version ?? 0) !== given.answer) return { conflict: known }
  if (verdict === 'na-refused' && (!answer || !isNotApplicable(answer)))
    throw new Refused('review-not-na', { question })
  const changes = {
    answer: given.answer,
    verdict,
    external,
    internal,
    at: context.now,
    by: context.actor,
  }
  const saved = known
    ? await replaceRemark(known, changes)
    : await insertRemark({
        _id: newId(),
        questionnaire: questionnaire._id,
        question,
        version: 1,
        ...changes,
      })
  if (!saved) return { conflict: await remarkOn(questionnaire._id, question) }
  if (verdict === 'na-refused' || known?.verdict === 'na-refused')
    await setNaRefused(questionnaire._id, question, given.answer, verdict === 'na-refused')
  await recordEvent(
    context,
    'questionnaire.remarked',
    { kind: 'questionnaire', id: questionnaire._id },
    { question, verdict, version: saved.version, answer: given.answer },
    { external, internal },
  )
  return { saved }
}

function isSame(known: Remark, given: RemarkToSave): boolean {
  return (
    known.verdict === given.verdict &&
    known.external === given.external &&
    known.internal === given.internal &&
    known.answer === given.answer
  )
}
