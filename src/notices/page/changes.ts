/** On an engagement's page: the change that is planned of it, or what it changes itself. */
import type { Locale } from '../../base/context.js'
import { textIn } from '../../i18n/texts.js'
import type { Engagement, EngagementContent } from '../../register/rules.js'
import { changedKinds, changesBrought } from '../rules/kinds.js'
import { compare, contentRows, type ServiceNames } from './facts.js'

type Before = Pick<Engagement, 'reference'> & { content: EngagementContent }

/** What a planned or past copy changes of the one it continues. */
export function copyInWords(
  engagement: Pick<Engagement, 'reference'>,
  content: EngagementContent,
  before: Before,
  services: ServiceNames,
  locale: Locale,
) {
  const t = textIn(locale)
  const [kind] = changesBrought(before.content, content)
  const facts = { kind: kind ?? '', engagement: engagement.reference, replaces: before.reference }
  return {
    continues: { url: `/engagements/${before.reference}`, text: before.reference },
    kind: kind ? t(`notices:form.kind-${kind}`) : '',
    asks: kind ? t(`changes:panel.asks.${kind}`) : '',
    rows: compare(
      contentRows(before.content, services, locale),
      contentRows(content, services, locale),
    ).filter(({ same }) => !same),
    edit: `/engagements/${engagement.reference}/edit`,
    draft: kind ? `/notices/new?${new URLSearchParams(facts).toString()}` : null,
  }
}

/** What can be planned of an approved one. */
export function plansInWords(reference: string, locale: Locale) {
  const t = textIn(locale)
  return {
    url: `/engagements/${reference}/changes`,
    plans: changedKinds.map((change) => ({ change, text: t(`changes:panel.${change}`) })),
    correction: `/notices/new?${new URLSearchParams({ kind: 'correction', engagement: reference }).toString()}`,
  }
}
