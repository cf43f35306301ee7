import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { basisInShort, countriesInWords, linkRows } from '../../transfers/page.js'
import { countryName } from '../../transfers/rules.js'
import type { LawFindings } from '../actions/law-findings.js'
import type { Engagement } from '../rules.js'
import type { TransferDue } from '../rules/transfers-due.js'
import { instructionFindings } from './engagement.js'

export function dueRows(due: readonly TransferDue[], today: Day, locale: Locale) {
  return due.map(({ engagement, transfer, on }) => ({
    url: `/engagements/${engagement.reference}`,
    edit: `/engagements/${engagement.reference}/edit#transfers`,
    reference: engagement.reference,
    name: engagement.vendorName,
    activity: engagement.activity[locale] || engagement.activity.da,
    country: countryName(transfer.country, locale),
    basis: basisInShort(transfer, locale),
    entity: transfer.listing?.entity ?? '',
    on,
    late: on !== null && on < today,
  }))
}

/** What does not hold in law, and what customers have not instructed: two lists, never one (C.6). */
export function findingRows({ unlawful, unknown, judged, uninstructed }: LawFindings, locale: Locale) {
  const t = textIn(locale)
  return {
    unlawful: unlawful.rows.map(({ reference, name, engagement, links, further }) => ({
      ...headOf(reference, name, engagement, locale),
      further: further ? t('worklist:further') : '',
      links: linkRows(links, locale).map((link) => ({
        ...link,
        basis: link.bases.map(({ basis }) => basis).join(' + '),
        // What would have to be done some day is told with the engagement; here stands what keeps it from holding.
        findings: [...link.problems, ...link.bases.flatMap(({ problems }) => problems)].filter(
          ({ serious }) => serious,
        ),
      })),
    })),
    unknown:
      unknown === 0 ? '' : t('law:due.unknown', { count: unknown, shown: formatNumber(unknown, locale) }),
    nobody: judged === 0,
    moreUnlawful: Math.max(0, unlawful.count - unlawful.rows.length),
    uninstructed: uninstructed.rows.map(
      ({ reference, name, record, countries, kinds, lacking, approved, further }) => ({
        ...headOf(reference, name, record, locale),
        text: t(further ? 'law:due.uninstructed-further' : 'law:due.uninstructed-row', {
          lacking: shown(lacking, locale),
          customers: shown({ count: approved.customers, capped: approved.capped }, locale),
          countries: countriesInWords(countries, locale),
        }),
        findings: instructionFindings(kinds, locale),
      }),
    ),
    moreUninstructed: uninstructed.more,
  }
}

function headOf(reference: string, name: string, engagement: Engagement | null, locale: Locale) {
  return {
    url: `/engagements/${reference}`,
    edit: `/engagements/${reference}/edit#transfers`,
    reference,
    name,
    activity: engagement === null ? '' : engagement.activity[locale] || engagement.activity.da,
  }
}

function shown({ count, capped }: { count: number; capped: boolean }, locale: Locale): string {
  return `${formatNumber(count, locale)}${capped ? '+' : ''}`
}
