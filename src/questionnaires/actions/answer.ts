import { recordEvent } from '../../audit-log/actions.js'
import type { Context } from '../../base/context.js'
import { Refused } from '../../base/errors.js'
import { newId } from '../../base/ids.js'
import { answerTo, insertAnswer, replaceAnswer } from '../records/answers.js'
import { savingOf } from '../rules/answers.js'
import type { Answer, Questionnaire } from '../rules/questionnaire.js'

export { answersOf } from '../records/answers.js'

export type AnswerToSave = Pick<Answer, 'question' | 'value' | 'comment' | 'by' | 'origin'> & {
  /** The version that was on the page; 0 where there was none. */
  seen: number
  source?: Answer['source']
}

/** `known`: what stands there, or what the sender has not seen. */
export type Saved = { saved: Answer | null } | { conflict: Answer }

/** Whoever types goes on for a while: one entry in the log for each spell of work on a question, not for each pause. */
const spellMinutes = 10

/**
 * Keeps an answer; what stood there before is kept beside it. Over an answer the sender has not seen nothing is written.
 * Throws `Refused` where the questionnaire is not open to that answer.
 */
export async function saveAnswer(
  context: Context,
  questionnaire: Pick<Questionnaire, '_id' | 'state' | 'open'>,
  given: AnswerToSave,
): Promise<Saved> {
  refuseUnlessOpen(questionnaire, given)
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const known = await answerTo(questionnaire._id, given.question)
    const becomes = savingOf(known, given, given.seen)
    if (becomes === 'same' || becomes === 'theirs') return { saved: known }
    if (becomes === 'conflict' && known) return { conflict: known }
    const { value, comment, origin, by, question } = given
    const changes = { value, comment, origin, by, at: context.now, source: given.source ?? null }
    const saved = known
      ? await replaceAnswer(known, changes)
      : await insertAnswer({
          _id: newId(),
          questionnaire: questionnaire._id,
          question,
          version: 1,
          files: [],
          earlier: [],
          ...changes,
        })
    if (saved) {
      if (beginsSpell(known, saved)) await recordAnswer(context, saved)
      return { saved }
    }
  }
  throw new Error('an answer was changed by others five times while it was saved')
}

function refuseUnlessOpen(
  { state, open }: Pick<Questionnaire, 'state' | 'open'>,
  { by, question }: Pick<AnswerToSave, 'by' | 'question'>,
): void {
  const isOpen = by.part === 'staff' ? !['concluded', 'withdrawn'].includes(state) : state === 'asked'
  if (!isOpen) throw new Refused('questionnaire-not-open')
  if (by.part !== 'staff' && open !== null && !open.includes(question)) throw new Refused('question-not-open')
}

function beginsSpell(before: Answer | null, { by, origin, at }: Answer): boolean {
  if (!before || before.by.name !== by.name || before.origin !== origin) return true
  return at.getTime() - before.at.getTime() > spellMinutes * 60_000
}

async function recordAnswer(context: Context, answer: Answer): Promise<void> {
  const { questionnaire, question, version, origin, by } = answer
  await recordEvent(
    context,
    'answer.given',
    { kind: 'answer', id: answer._id },
    { questionnaire, question, version, origin, part: by.part },
    { name: by.name },
  )
}
