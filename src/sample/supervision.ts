/** A year of supervision: points confirmed for most, and at the invented sub-processors something in every state. */
import type { Context } from '../base/context.js'
import { addDays } from '../base/day.js'
import { newId } from '../base/ids.js'
import { danishDateRules } from '../notices/rules/deadlines.js'
import { openFinding } from '../findings/actions.js'
import { currentSets } from '../question-sets/actions.js'
import type { QuestionSet } from '../question-sets/rules/set.js'
import { answerFromPublic, submitFromPublic } from '../questionnaires/actions/public.js'
import { prepareQuestionnaire, sendQuestionnaire } from '../questionnaires/actions/ask.js'
import { proposedOf } from '../questionnaires/actions/proposed.js'
import { conclude } from '../questionnaires/actions/review.js'
import { reviewToShow } from '../questionnaires/actions/review-shown.js'
import { usualOwner } from '../questionnaires/rules/asking.js'
import type { Questionnaire } from '../questionnaires/rules/questionnaire.js'
import { engagementsOfVendor, everyVendor, runningEngagements } from '../register/actions.js'
import type { EngagementRow, Vendor } from '../register/rules.js'
import { requestStatement } from '../statements/actions.js'
import { confirmScore } from '../supervision/actions.js'
import { isWeaker, pointsOf, proposeAnswers, publishedModel, usualConcept } from '../supervision/rules.js'
import { inventedNames } from './invented.js'
import { loadStatements } from './statements.js'

export async function loadSupervision(context: Context): Promise<void> {
  await confirmScores(context)
  const named = new Map((await everyVendor()).map((vendor) => [vendor.name, vendor]))
  const set = shortSet()
  const [backup, archive, advice] = [inventedNames.backup, inventedNames.archive, inventedNames.advice].map(
    (name) => named.get(name),
  )
  if (!set || !backup || !archive || !advice) return
  await concludedOf(context, backup, set)
  await submittedOf(context, archive, set)
  await sendQuestionnaire(context, (await preparedOf(context, advice, set)).reference)
  await loadStatements(context, archive)
  await requestStatement(context, backup, {
    once: newId(),
    what: 'ISAE 3000 (eksempel)',
    name: backup.contacts[0]?.name ?? '',
    email: backup.contacts[0]?.email ?? '',
    locale: 'da',
    dueOn: addDays(context.today, 28),
  })
}

/** Two are left for whoever tries it to confirm. */
const left = ['Teamviewer', 'WebPros']

async function confirmScores(context: Context): Promise<void> {
  const running = await runningEngagements('sub-processor')
  const used = running.filter(
    ({ inUse, parent, vendorName }) =>
      inUse.since !== null && parent === null && !left.some((name) => vendorName.startsWith(name)),
  )
  for (const engagement of used) await confirmScore(context, engagement.reference, scoreOf(engagement))
}

function scoreOf(engagement: EngagementRow) {
  const { subjectCount = null, dataCategories, assurance = null } = engagement
  const { answers } = proposeAnswers({ subjectCount, dataCategories }, null)
  const { band } = pointsOf(answers, publishedModel)
  const concept = usualConcept(assurance)
  return {
    answers,
    reasons: {},
    concept,
    weakerBecause: isWeaker(concept, band) ? 'Eksempel: der indhentes en erklæring fra næste år.' : null,
    seen: 0,
  }
}

function shortSet(): QuestionSet | undefined {
  const sets = currentSets()
  return sets.find(({ id }) => id.includes('short')) ?? sets[0]
}

async function preparedOf(context: Context, vendor: Vendor, set: QuestionSet): Promise<Questionnaire> {
  const owner = usualOwner(vendor.contacts)
  if (!owner) throw new Error('the invented sub-processors have addresses')
  const engagements = await engagementsOfVendor(vendor._id)
  return prepareQuestionnaire(context, {
    year: Number(context.today.slice(0, 4)),
    vendor: vendor._id,
    engagements: engagements.map(({ _id }) => _id),
    set: { id: set.id, version: set.version },
    why: 'yearly',
    owner,
    dueOn: addDays(context.today, 30),
  })
}

/** Read in public documents, as the invented company would have them. */
async function submittedOf(context: Context, vendor: Vendor, set: QuestionSet): Promise<Questionnaire> {
  const questionnaire = await preparedOf(context, vendor, set)
  const by = 'Eksempel'
  const source = { url: `${vendor.website ?? ''}/databeskyttelse`, readOn: context.today }
  for (const { id, type, options, showIf } of set.questions) {
    const best = options.toSorted((a, b) => (b.score ?? -1) - (a.score ?? -1))[0]
    if (type !== 'single' || !best || showIf !== null) continue
    const answer = { question: id, value: best.id, comment: '', seen: 0, source }
    await answerFromPublic(context, questionnaire, by, answer)
  }
  return submitFromPublic(context, questionnaire.reference, by)
}

async function concludedOf(context: Context, vendor: Vendor, set: QuestionSet): Promise<void> {
  const { reference } = await submittedOf(context, vendor, set)
  const { zone } = danishDateRules
  const shown = await reviewToShow(context, reference, zone)
  const [first, ...others] = proposedOf(shown)
  await conclude(context, reference, {
    band: shown.score.band ?? set.bands[0]?.id ?? '',
    reason: 'Eksempel: gennemgået efter offentlige oplysninger.',
    external: '',
    internal: '',
    findings: [
      ...(first
        ? [
            {
              question: first.question,
              take: true as const,
              severity: 'medium' as const,
              owner: null,
              dueOn: addDays(context.today, 45),
            },
          ]
        : []),
      ...others.map(({ question }) => ({
        question,
        take: false as const,
        because: 'Eksempel: tages op næste år.',
      })),
    ],
    version: shown.questionnaire.version,
    zone,
  })
  await openFinding(context, {
    source: { kind: 'questionnaire', id: shown.questionnaire._id, item: 'eksempel' },
    vendor: vendor._id,
    engagements: shown.questionnaire.engagements,
    text: {
      da: 'Eksempel: genskabelse fra backup er ikke afprøvet i år.',
      en: 'Example: recovery from backup has not been tried this year.',
    },
    severity: 'medium',
    sample: true,
  })
}
