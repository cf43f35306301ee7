import type { Locale } from '../../base/context.js'
import { formatDay, formatNumber } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { AgreementVersion } from '../rules.js'

/** A line of the changelog: version, change, published, and who has it. */
export function changelogRow(
  {
    version,
    told,
    customers,
  }: {
    version: string
    told: AgreementVersion | null
    customers: { count: number; capped: boolean }
  },
  locale: Locale,
) {
  const t = textIn(locale)
  const number = formatNumber(customers.count, locale)
  return {
    version,
    change: told ? told.change[locale] || told.change.da : t('instructions:versions.untold'),
    published: told ? formatDay(told.publishedOn, locale) : '',
    file: told?.file ? `/files/${told.file}` : null,
    customers: t('instructions:versions.customers', {
      count: customers.count,
      shown: customers.capped ? `${number}+` : number,
    }),
    customersUrl: `/customers?version=${encodeURIComponent(version)}`,
  }
}
