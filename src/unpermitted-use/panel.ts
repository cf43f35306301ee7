/** A section of this room on an engagement's page: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import { formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { Engagement } from '../register/rules.js'
import { casesOfEngagement } from './actions.js'
import { caseState, urlOf } from './page/words.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

/** Cases about the engagement, and the way to a new one; on sub-processors only, for others customers permit nothing. */
export async function engagementUnpermittedPanel(
  engagement: Engagement,
  { locale }: Context,
): Promise<Panel> {
  const t = textIn(locale)
  const cases = await casesOfEngagement(engagement._id)
  return {
    title: t('unpermitted:title'),
    view: 'unpermitted-use/panel',
    values: {
      items: cases.map((useCase) => ({
        url: urlOf(useCase),
        text: useCase.reference,
        state: caseState(useCase, useCase.open && useCase.stopped === null ? 1 : 0, t),
        note: t('unpermitted:panel.since', { day: formatShortDay(useCase.since, locale) }),
      })),
      empty: t('unpermitted:panel.empty'),
      openUrl:
        engagement.role === 'sub-processor'
          ? `/unpermitted-use/new?engagement=${engagement.reference}`
          : null,
    },
  }
}
