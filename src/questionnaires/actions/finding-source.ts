import type { Context } from '../../base/context.js'
import type { FindingSource } from '../../findings/rules.js'
import { textIn } from '../../i18n/texts.js'
import { questionnaireById } from '../records/questionnaires.js'

/** Where a finding of a questionnaire came from: handed to the findings room in `app.ts`. */
export async function questionnaireFound(
  { id, item }: FindingSource,
  { locale }: Context,
): Promise<{ text: string; url: string } | null> {
  const questionnaire = await questionnaireById(id)
  if (!questionnaire) return null
  return {
    text: `${textIn(locale)('findings:source.questionnaire')} ${questionnaire.reference}, ${item}`,
    url: `/questionnaires/${questionnaire.reference}/review`,
  }
}
