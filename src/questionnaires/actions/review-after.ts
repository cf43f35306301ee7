import type { Context } from '../../base/context.js'
import { anotherWasQuicker } from '../../base/errors.js'
import { openFinding } from '../../findings/actions.js'
import { nothingPending, pendingReviews } from '../records/pending.js'
import { remarksOf } from '../records/remarks.js'
import type { Questionnaire } from '../rules/questionnaire.js'
import { concludedMails, sentBackMails } from './mails.js'

const batch = 100

/** What follows from sending back or concluding; each part may be repeated. */
export async function afterReview(context: Context, questionnaire: Questionnaire): Promise<void> {
  const { pending, vendor, engagements, sample, askedAt, open, _id } = questionnaire
  if (!pending) return
  if (pending.step === 'sent-back' && questionnaire.state === 'asked') {
    const remarks = await remarksOf(_id)
    await sentBackMails(
      context,
      questionnaire,
      remarks.filter(({ question }) => open?.includes(question)),
    )
  }
  if (pending.step === 'concluded') {
    for (const { question, ...finding } of pending.findings)
      await openFinding(context, {
        source: { kind: 'questionnaire', id: _id, item: question },
        vendor,
        engagements,
        sample,
        ...finding,
      })
    // One that staff answered from public documentation was never theirs to be judged by.
    if (askedAt !== null && questionnaire.state === 'concluded') await concludedMails(context, questionnaire)
  }
  await nothingPending(questionnaire)
}

/** Takes up what a crash left; one failure does not stop the rest. */
export async function finishReviews(context: Context): Promise<{ finished: number }> {
  const failures: unknown[] = []
  let finished = 0
  for (const questionnaire of await pendingReviews(batch))
    await afterReview(context, questionnaire).then(
      () => (finished += 1),
      (error: unknown) => anotherWasQuicker(error) || failures.push(error),
    )
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} failed`)
  return { finished }
}
