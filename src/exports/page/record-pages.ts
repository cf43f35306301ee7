/** The pages a record is asked for on, and the one its measures are described on. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import type { Customer } from '../../customers/rules.js'
import { customerList, type CustomerQuery } from '../../customers/rules/lists.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { pairsOf } from '../../lists/rules.js'
import { numberInWords, servicesInWords } from '../../register/page.js'
import type { Service } from '../../register/rules.js'
import { areasMissing, measureParts, measuresOn, noMeasures, type DatedMeasures } from '../rules/measures.js'
import { boughtOn, mostOnPaper, recordFormats } from '../rules/record.js'

export function recordOffer(url: string, on: Day, locale: Locale) {
  const t = textIn(locale)
  return {
    url,
    on,
    language: locale,
    format: 'pdf',
    choices: {
      language: (['da', 'en'] as const).map((value) => ({ value, text: t(`register:language.${value}`) })),
      format: recordFormats.map((value) => ({ value, text: t(`record:format.${value}`) })),
    },
  }
}

type ListInput = {
  query: CustomerQuery
  page: {
    rows: readonly Customer[]
    next: string | null
    previous: string | null
    count: { count: number; capped: boolean }
  }
  on: Day
  services: readonly Service[]
  described: { versions: readonly DatedMeasures[] }
  locale: Locale
}

export function recordListPage({ query, page, on, services, described, locale }: ListInput) {
  const kept = [...pairsOf(customerList, { ...query, page: '' }), ['on', on] as [string, string]]
  const address = (path: string, more: Record<string, string>) =>
    `${path}?${new URLSearchParams([...kept, ...Object.entries(more)]).toString()}`
  const missing = areasMissing(measuresOn(described.versions, on), locale)
  const t = textIn(locale)
  return {
    on,
    day: formatDay(on, locale),
    q: query.q,
    service: query.filters['service']?.[0] ?? '',
    services: services.map(({ _id, name }) => ({ value: _id, text: name[locale] })),
    rows: page.rows.map((customer) => ({
      name: customer.name,
      reference: customer.reference,
      number: numberInWords(customer.registration ?? null, locale),
      url: `/customers/${customer.reference}`,
      services: servicesInWords(boughtOn(customer, on), services, locale),
      files: recordFormats.map((format) => ({
        url: `/customers/${customer.reference}/record?on=${on}&language=${locale}&format=${format}`,
        text: t(`record:format.${format}`),
      })),
    })),
    paging: {
      count: page.count,
      next: page.next && address('/record', { page: page.next }),
      previous: page.previous && address('/record', { page: page.previous }),
    },
    files: {
      xlsx: address('/record/file', { language: locale, format: 'xlsx' }),
      pdf:
        !page.count.capped && page.count.count <= mostOnPaper && page.count.count > 0
          ? address('/record/file', { language: locale, format: 'pdf' })
          : null,
    },
    missing: missing.map((area) => t(`record:area.${area}`)).join(', '),
  }
}

export function measuresPage(versions: readonly DatedMeasures[], version: number, locale: Locale) {
  return {
    parts: measureParts,
    stored: versions.at(-1)?.text ?? noMeasures,
    version,
    since: versions.map(({ from }) => formatDay(from, locale)).toReversed(),
  }
}
