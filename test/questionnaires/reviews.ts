import { expect } from 'chai'
import type { NewCustomer } from '../../src/customers/actions.js'
import type { Engagement } from '../../src/register/rules.js'
import { currentSets } from '../../src/question-sets/actions.js'
import type { Value } from '../../src/question-sets/rules/answer.js'
import type { QuestionSet } from '../../src/question-sets/rules/set.js'
import { answersOf, saveAnswer } from '../../src/questionnaires/actions/answer.js'
import { prepareQuestionnaire, sendQuestionnaire } from '../../src/questionnaires/actions/ask.js'
import { moveTo } from '../../src/questionnaires/actions/move.js'
import { questionnaireByReference } from '../../src/questionnaires/records/questionnaires.js'
import type { Questionnaire } from '../../src/questionnaires/rules/questionnaire.js'
import type { Tilsyn } from '../support/app.js'

export type { NewCustomer }

const yearly = (): QuestionSet =>
  currentSets().find(({ id }) => id === 'gdpr-subprocessor-yearly') as QuestionSet

/** One about the engagement, sent to its vendor's first contact; `sent: false` leaves it prepared. */
export async function aQuestionnaire(
  tilsyn: Tilsyn,
  engagement: Engagement,
  { year = 2026, sent = true }: { year?: number; sent?: boolean } = {},
): Promise<Questionnaire> {
  const { id, version } = yearly()
  const prepared = await prepareQuestionnaire(tilsyn.context(), {
    year,
    vendor: engagement.vendor,
    engagements: [engagement._id],
    set: { id, version },
    why: 'yearly',
    owner: { name: 'Ida Holm', email: 'ida@nyborg.example', locale: 'da', contact: null },
    dueOn: `${year}-12-31`,
  })
  return sent ? sendQuestionnaire(tilsyn.context(), prepared.reference) : prepared
}

export type Said = Record<string, Value | { value: Value; comment: string }>

/** As the respondent types it. */
export async function answer(tilsyn: Tilsyn, questionnaire: Questionnaire, said: Said): Promise<void> {
  for (const [question, given] of Object.entries(said)) {
    const known = (await answersOf(questionnaire._id)).find((each) => each.question === question)
    const { value, comment } = isCommented(given) ? given : { value: given, comment: '' }
    const saved = await saveAnswer(tilsyn.context(), questionnaire, {
      question,
      value,
      comment,
      seen: known?.version ?? 0,
      by: { name: 'Ida Holm', part: 'owner' },
      origin: 'typed',
    })
    expect(saved).to.have.property('saved')
  }
}

/** With the reviewer, however much was answered. */
export async function handedIn(tilsyn: Tilsyn, { reference }: Questionnaire): Promise<Questionnaire> {
  const now = (await questionnaireByReference(reference)) as Questionnaire
  return moveTo(
    tilsyn.context(),
    now,
    { state: 'submitted', submitted: { at: tilsyn.now(), by: { name: 'Ida Holm', title: 'DPO' } } },
    { event: 'questionnaire.submitted', facts: {} },
  )
}

export async function stored(reference: string): Promise<Questionnaire> {
  return (await questionnaireByReference(reference)) as Questionnaire
}

function isCommented(given: Said[string]): given is { value: Value; comment: string } {
  return typeof given === 'object' && given !== null && 'value' in given && 'comment' in given
}
