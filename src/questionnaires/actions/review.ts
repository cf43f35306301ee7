import type { Context } from '../../base/context.js'
import { dayOf, type Day } from '../../base/day.js'
import { NotFound, Refused } from '../../base/errors.js'
import { isTaken } from '../../db/unique.js'
import type { FindingOwner } from '../../findings/rules.js'
import type { Severity } from '../../question-sets/rules/set.js'
import { answersOf } from '../records/answers.js'
import type { Proposed } from '../rules/proposed.js'
import type { PendingReview, Questionnaire } from '../rules/questionnaire.js'
import { concluded, reasonNeeded, sentBack, takenUpAgain } from '../rules/review.js'
import { moveTo } from './move.js'
import { proposedOf } from './proposed.js'
import { afterReview } from './review-after.js'
import { reviewOf, reviewToShow } from './review-shown.js'
import { answersHash } from '../rules/answers.js'

/**
 * Back to the respondent with only the open items, and our words on each. `version`: of the questionnaire as it stood on the page.
 * Throws `Refused`: 'review-nothing-open', 'review-due-in-past', 'review-never-asked', 'changed-meanwhile'.
 */
export async function sendBack(
  context: Context,
  reference: string,
  { dueOn, version, zone }: { dueOn: Day; version: number; zone: string },
): Promise<Questionnaire> {
  const { questionnaire, open } = await reviewOf(context, reference, zone)
  if (questionnaire.version !== version) throw new Refused('changed-meanwhile')
  const changes: Partial<Questionnaire> = {
    ...sentBack(questionnaire, open, dueOn, context.today),
    pending: { step: 'sent-back', findings: [] },
  }
  const moved = await moveTo(context, questionnaire, changes, {
    event: 'questionnaire.sent-back',
    facts: { round: changes.round, open, dueOn },
  })
  await afterReview(context, moved)
  return moved
}

/** What becomes of a finding that is proposed. */
export type Decided =
  | { question: string; take: true; severity: Severity; owner: FindingOwner | null; dueOn: Day }
  | { question: string; take: false; because: string }

export type Concluding = {
  band: string
  reason: string
  external: string
  internal: string
  findings: readonly Decided[]
  version: number
  zone: string
}

/**
 * The reviewer's conclusion: it freezes the score, the answers' hash and the set. Findings are opened afterwards, each once however
 * often this is repeated. Throws `Refused`: 'review-reason-needed', 'review-findings-undecided', 'changed-meanwhile'.
 */
export async function conclude(
  context: Context,
  reference: string,
  { band, reason, external, internal, findings, version, zone }: Concluding,
): Promise<Questionnaire> {
  const shown = await reviewToShow(context, reference, zone)
  const { questionnaire, score, set, open } = shown
  if (questionnaire.version !== version) throw new Refused('changed-meanwhile')
  if (!set.bands.some(({ id }) => id === band)) throw new NotFound()
  if (reasonNeeded(score, band, open) !== null && reason === '') throw new Refused('review-reason-needed')
  const proposed = proposedOf(shown).filter(
    ({ question }) => !shown.findings.some(({ source }) => source.item === question),
  )
  const decided = new Map(findings.map((each) => [each.question, each]))
  if (proposed.some(({ question }) => !decided.has(question))) throw new Refused('review-findings-undecided')
  const answers = answersHash(await answersOf(questionnaire._id))
  const taken = proposed.flatMap((each) => takenOf(each, decided.get(each.question)))
  const changes = concluded(questionnaire, {
    band,
    proposedBand: score.band ?? '',
    score: score.overall,
    reason,
    external,
    internal,
    answers,
    at: context.now,
    by: context.actor,
  })
  const pending = { step: 'concluded' as const, findings: taken }
  const moved = await moveTo(
    context,
    questionnaire,
    { ...changes, pending },
    {
      event: 'questionnaire.concluded',
      facts: {
        round: questionnaire.round,
        band,
        proposed: score.band,
        score: score.overall,
        criticalFailed: score.criticalFailed,
        answers,
        set: `${set.id}/${set.version}`,
        taken: findings.filter(({ take }) => take).map(({ question }) => question),
        left: findings.filter(({ take }) => !take).map(({ question }) => question),
      },
      personal: {
        ...(reason ? { because: reason } : {}),
        external,
        internal,
        left: findings.flatMap((each) =>
          each.take ? [] : [{ question: each.question, because: each.because }],
        ),
      },
    },
  )
  await afterReview(context, moved)
  return moved
}

function takenOf({ question, text }: Proposed, decided: Decided | undefined): PendingReview['findings'] {
  if (!decided?.take) return []
  const { severity, owner, dueOn } = decided
  return [{ question, text, severity, owner, dueOn }]
}

/** A conclusion is not changed: it is looked at anew in a round of its own, and the log keeps the one before. */
export async function takeUpAgain(
  context: Context,
  reference: string,
  { because, zone }: { because: string; zone: string },
): Promise<Questionnaire> {
  const { questionnaire } = await reviewOf(context, reference, zone)
  const changes = takenUpAgain(questionnaire)
  const { conclusion } = questionnaire
  try {
    return await moveTo(context, questionnaire, changes, {
      event: 'questionnaire.taken-up-again',
      facts: {
        round: changes.round,
        before: conclusion && {
          band: conclusion.band,
          score: conclusion.score,
          on: dayOf(conclusion.at, zone),
          answers: conclusion.answers,
        },
      },
      personal: {
        because,
        ...(conclusion ? { external: conclusion.external, internal: conclusion.internal } : {}),
      },
    })
  } catch (error) {
    if (isTaken(error)) throw new Refused('questionnaire-another-open')
    throw error
  }
}
