import type { Locale } from '../../base/context.js'
import { formatDay, formatNumber, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { nextStep, type Finding, type Standing, type UseCase } from '../rules.js'
import { caseState, urlOf } from './words.js'

export function caseRow({ useCase, standing }: { useCase: UseCase; standing: Standing }, locale: Locale) {
  const t = textIn(locale)
  const next = nextStep(useCase, standing)
  return {
    url: urlOf(useCase),
    reference: useCase.reference,
    vendor: useCase.vendorName,
    engagement: useCase.engagementReference,
    since: formatShortDay(useCase.since, locale),
    discovered: formatShortDay(useCase.discoveredOn, locale),
    customers: formatNumber(standing.affected, locale),
    untold:
      standing.untold === 0
        ? ''
        : t('unpermitted:list.untold', {
            count: standing.untold,
            shown: formatNumber(standing.untold, locale),
          }),
    state: caseState(useCase, standing.unpermitted, t),
    next: next && t(`unpermitted:next.${next}`),
  }
}

export function findingRow(finding: Finding, locale: Locale) {
  const t = textIn(locale)
  const { count, first } = finding
  return {
    text: t('unpermitted:finding.text', {
      vendor: finding.vendorName,
      count,
      shown: formatNumber(count, locale),
      day: formatDay(finding.foundOn, locale),
    }),
    engagement: finding.engagementReference,
    engagementUrl: `/engagements/${finding.engagementReference}`,
    customers: first.map(({ reference, name }) => ({
      url: `/customers/${reference}`,
      text: `${name} (${reference})`,
    })),
    more: Math.max(0, count - first.length),
    openUrl: `/unpermitted-use/new?engagement=${finding.engagementReference}`,
  }
}
