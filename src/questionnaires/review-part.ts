import type { Context } from '../base/context.js'
import { findingItem } from '../findings/page.js'
import { findingsOf } from '../findings/actions.js'
import { textIn } from '../i18n/texts.js'
import { reviewOf } from './actions/review-shown.js'
import { scoreText } from './page/review.js'
import type { Part } from './parts.js'
import type { Questionnaire } from './rules/questionnaire.js'

/** On the questionnaire's page: how its review stands, and the way to answer it from what is published. */
export async function reviewPart(
  questionnaire: Questionnaire,
  context: Context,
  zone: string,
): Promise<Part | null> {
  const { state, reference, conclusion, submitted } = questionnaire
  if (state === 'withdrawn') return null
  const { locale, today } = context
  const t = textIn(locale)
  const found = await findingsOf({ kind: 'questionnaire', id: questionnaire._id })
  const judged = state === 'submitted' || state === 'concluded'
  const { score, set } = await reviewOf(context, reference, zone)
  const bandText = (id: string | null) => set.bands.find((band) => band.id === id)?.text[locale] ?? ''
  return {
    id: 'review',
    title: t('review:part.title'),
    view: 'questionnaires/parts/review',
    values: {
      judged,
      words: conclusion
        ? t('review:part.concluded', {
            band: bandText(conclusion.band),
            score: scoreText(conclusion.score, locale),
          })
        : judged
          ? t('review:part.proposed', {
              band: bandText(score.band),
              score: scoreText(score.overall, locale),
            })
          : t('review:part.waits'),
      fromPublic: submitted?.fromPublic === true,
      reviewUrl: `/questionnaires/${reference}/review`,
      publicUrl: judged ? null : `/questionnaires/${reference}/public`,
      items: found.map((finding) => findingItem(finding, { today, locale })),
    },
  }
}
