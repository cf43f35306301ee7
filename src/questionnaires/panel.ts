/** Sections of this room on the pages of rooms below: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import { formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import { vendorsByIds } from '../register/actions.js'
import type { Engagement, Vendor } from '../register/rules.js'
import { stateOf, urlOf } from './page/asking-words.js'
import { questionnairesOfEngagement, questionnairesOfVendor } from './records/questionnaires.js'
import type { Questionnaire } from './rules/questionnaire.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

/** On an engagement's page: what was asked about it, year by year. */
export async function engagementQuestionnairesPanel(
  engagement: Engagement,
  context: Context,
): Promise<Panel | null> {
  const found = await questionnairesOfEngagement(engagement._id)
  const owed =
    engagement.role === 'sub-processor' && engagement.parent === null && engagement.endedOn === null
  if (found.length === 0 && !owed) return null
  const [vendor] = owed ? await vendorsByIds([engagement.vendor]) : []
  const ask = vendor && `/questionnaires/new?vendor=${vendor.reference}&engagements=${engagement.reference}`
  return panel(found, ask ?? null, context)
}

/** On a vendor's page. */
export async function vendorQuestionnairesPanel(vendor: Vendor, context: Context): Promise<Panel | null> {
  const found = await questionnairesOfVendor(vendor._id)
  return panel(
    found,
    vendor.endedOn === null ? `/questionnaires/new?vendor=${vendor.reference}` : null,
    context,
  )
}

function panel(found: readonly Questionnaire[], addUrl: string | null, { locale, today }: Context): Panel {
  const t = textIn(locale)
  return {
    title: t('questionnaires-asking:title'),
    view: 'questionnaires/panel',
    values: {
      items: found.map((questionnaire) => ({
        url: urlOf(questionnaire),
        text: `${questionnaire.reference}: ${t('questionnaires-asking:one', { year: questionnaire.year })}`,
        state: stateOf(questionnaire, today, t),
        note: t('questionnaires-asking:next-by', { day: formatShortDay(questionnaire.dueOn, locale) }),
      })),
      empty: t('questionnaires-asking:panel.empty'),
      addUrl,
    },
  }
}
