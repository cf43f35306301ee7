/** Sections of this room on the pages of rooms below: handed over in `app.ts`. */
import type { Context } from '../base/context.js'
import { formatShortDay } from '../i18n/formats.js'
import { textIn } from '../i18n/texts.js'
import type { Notice } from '../notices/rules.js'
import type { Engagement } from '../register/rules.js'
import { gapOf, upstreamOfEngagement, upstreamOfNotice } from './actions.js'
import { noticesOf, wasTold } from './actions/linked.js'
import { gapWords, stageState, urlOf } from './page.js'
import { stageOf, type UpstreamNotice } from './rules.js'

type Panel = { title: string; view: string; values: Record<string, unknown> }

/** On an engagement's page: whether their notice is long enough, and what they told us. */
export async function engagementUpstreamPanel(engagement: Engagement, context: Context): Promise<Panel> {
  const { locale } = context
  const t = textIn(locale)
  const own = engagement.role === 'sub-processor' && engagement.parent === null && engagement.endedOn === null
  const { gap, days } = await gapOf(context, engagement)
  return {
    title: t('gaps:panel.title'),
    view: 'upstream/panel',
    values: {
      gap: own ? gapWords(gap, days, locale) : null,
      upstream: {
        items: await itemsOf(await upstreamOfEngagement(engagement._id), context),
        empty: t('upstream:panel.empty'),
      },
      addUrl: engagement.endedOn === null ? `/upstream/new?engagement=${engagement.reference}` : null,
    },
  }
}

/** On a notice's page: what it passes on; nothing where it passes nothing on. */
export async function noticeUpstreamPanel(notice: Notice, context: Context): Promise<Panel | null> {
  const found = await upstreamOfNotice(notice.reference)
  if (found.length === 0) return null
  const t = textIn(context.locale)
  return {
    title: t('upstream:panel.title'),
    view: 'partials/linked',
    values: { items: await itemsOf(found, context), empty: '' },
  }
}

/** On the form of an engagement, before anything is signed; null where nobody is owed anything. */
export async function gapWarning(
  engagement: Pick<Engagement, 'services' | 'theirNotice' | 'role' | 'parent'>,
  context: Context,
): Promise<{ state: { tone: string; word: string } | null; sentences: string[] } | null> {
  if (engagement.role !== 'sub-processor' || engagement.parent !== null) return null
  const { gap, days } = await gapOf(context, engagement)
  return gap.needed === null ? null : gapWords(gap, days, context.locale)
}

async function itemsOf(found: readonly UpstreamNotice[], { locale }: Context) {
  const t = textIn(locale)
  return Promise.all(
    found.map(async (notice) => ({
      url: urlOf(notice),
      text: notice.subject ? `${notice.reference}: ${notice.subject}` : notice.reference,
      state: stageState(stageOf(notice, wasTold(await noticesOf(notice))), t),
      note: formatShortDay(notice.receivedOn, locale),
    })),
  )
}
