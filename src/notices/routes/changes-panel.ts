import type { Context } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import { approvedAmong, changePlanned, engagementContent, engagementsByIds } from '../../register/actions.js'
import type { Engagement } from '../../register/rules.js'
import { serviceNames } from '../actions.js'
import { copyInWords, plansInWords } from '../page/changes.js'
import type { Panel } from './ports.js'

/**
 * On an engagement's page: the way to a change of what customers have approved, or what this copy changes. Null where there is nothing
 * to change by a notice. Handed to the register room in `app.ts`.
 */
export async function engagementChangesPanel(
  engagement: Engagement,
  { today, locale }: Context,
): Promise<(Panel & { id: string }) | null> {
  const { role, endedOn, reference } = engagement
  if (role !== 'sub-processor') return null
  const [{ size: approved }, planned, copy] = await Promise.all([
    approvedAmong([engagement._id], today),
    changePlanned(engagement, today),
    copyOf(engagement, locale),
  ])
  const plans = endedOn === null && approved > 0 && planned === null
  if (!plans && !planned && !copy) return null
  return {
    id: 'planned-changes',
    title: textIn(locale)('changes:panel.title'),
    view: 'notices/changes-panel',
    values: {
      copy,
      mayDraft: approved === 0 && endedOn === null,
      planned: planned && { url: `/engagements/${planned.reference}`, text: planned.reference },
      plans: plans ? plansInWords(reference, locale) : null,
    },
  }
}

async function copyOf(engagement: Engagement, locale: Context['locale']) {
  if (engagement.continues === undefined) return null
  const [before] = await engagementsByIds([engagement.continues])
  const [content, approved] = await Promise.all([
    engagementContent(engagement._id),
    engagementContent(engagement.continues),
  ])
  if (!before || !content || !approved) return null
  const { reference } = before
  return copyInWords(engagement, content, { reference, content: approved }, await serviceNames(), locale)
}
