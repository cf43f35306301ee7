/** A questionnaire with its reviewer: what each answer is marked as, and what may be sent back or concluded. */
import type { Day } from '../../base/day.js'
import { Refused } from '../../base/errors.js'
import type { Score } from '../../question-sets/rules/score.js'
import { notApplicable } from '../../question-sets/rules/given.js'
import { sameSaid } from './answers.js'
import type { Answer, Conclusion, Questionnaire, Remark } from './questionnaire.js'

/** How an answer stands to last year's; null where there is nothing to hold it against. */
export type Compared = 'new' | 'changed' | 'same' | 'confirmed' | 'dropped'

/** `earlier`: last year's answer; `isFirst`: there was no questionnaire before. */
export function compared(
  now: Answer | undefined,
  earlier: Answer | undefined,
  isFirst: boolean,
): Compared | null {
  const has = now !== undefined && now.value !== null
  const had = earlier !== undefined && earlier.value !== null
  if (isFirst || (!has && !had)) return null
  if (!has) return 'dropped'
  if (!had) return 'new'
  if (!sameSaid(now, earlier)) return 'changed'
  return now.origin === 'confirmed' ? 'confirmed' : 'same'
}

/** What a remark says about an answer as it is now: one that was changed since is to be looked at again. */
export function isStale(
  remark: Pick<Remark, 'answer'>,
  answer: Pick<Answer, 'version'> | undefined,
): boolean {
  return (answer?.version ?? 0) !== remark.answer
}

export type Verdict = Remark['verdict'] | 'none'

/** The reviewer's word on the answer as it is now; none where it has changed since. */
export function verdictOn(remark: Remark | undefined, answer: Answer | undefined): Verdict {
  return remark === undefined || isStale(remark, answer) ? 'none' : remark.verdict
}

export function isNotApplicable({ value }: Pick<Answer, 'value'>): boolean {
  return [value].flat().some((one) => one === notApplicable)
}

/** While it is with the reviewer. */
export function refuseUnlessSubmitted({ state }: Pick<Questionnaire, 'state'>): void {
  if (state !== 'submitted') throw new Refused('questionnaire-not-in-review')
}

/** Back to the respondent with only what is open; what was accepted stays as it is. */
export function sentBack(
  questionnaire: Questionnaire,
  open: readonly string[],
  dueOn: Day,
  today: Day,
): Partial<Questionnaire> {
  refuseUnlessSubmitted(questionnaire)
  if (open.length === 0) throw new Refused('review-nothing-open')
  if (dueOn <= today) throw new Refused('review-due-in-past')
  // One that staff answered from public documentation may never have been sent: there is nobody to send it back to.
  if (questionnaire.askedAt === null) throw new Refused('review-never-asked')
  return {
    state: 'asked',
    round: questionnaire.round + 1,
    open: [...open],
    dueOn,
    delivery: 'under-way',
    submitted: null,
    reminded: null,
  }
}

/** Why the band needs a reason: it departs from what is proposed, a critical question failed, or items are left open. */
export function reasonNeeded(
  { band, criticalFailed }: Pick<Score, 'band' | 'criticalFailed'>,
  chosen: string,
  open: readonly string[],
): 'departs' | 'critical' | 'open' | null {
  if (band !== null && chosen !== band) return 'departs'
  if (criticalFailed.length > 0) return 'critical'
  return open.length > 0 ? 'open' : null
}

export function concluded(questionnaire: Questionnaire, conclusion: Conclusion): Partial<Questionnaire> {
  refuseUnlessSubmitted(questionnaire)
  return { state: 'concluded', conclusion }
}

/** A conclusion stands; looking at it anew is a new round with the reviewer, for a reason that the log keeps. */
export function takenUpAgain(questionnaire: Questionnaire): Partial<Questionnaire> {
  if (questionnaire.state !== 'concluded') throw new Refused('questionnaire-not-concluded')
  return { state: 'submitted', round: questionnaire.round + 1, conclusion: null }
}

/** Staff has answered what public documentation says; whoever was asked need not answer any more. */
export function answeredFromPublic(
  questionnaire: Questionnaire,
  answered: number,
  at: Date,
  name: string,
): Partial<Questionnaire> {
  if (questionnaire.state !== 'prepared' && questionnaire.state !== 'asked')
    throw new Refused('questionnaire-not-open')
  if (answered === 0) throw new Refused('public-nothing-answered')
  return { state: 'submitted', submitted: { at, by: { name, title: '' }, fromPublic: true } }
}
