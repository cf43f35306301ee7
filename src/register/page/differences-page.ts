import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Difference, ListRow, Service } from '../rules.js'
import { differenceRows } from './differences.js'
import { markRows } from './past.js'

const tones = { came: 'good', went: 'calm', changed: 'info' } as const

type Shown = {
  differences: readonly Difference[]
  count: number
  services: readonly Service[]
  vendors: ReadonlyMap<string, string>
  notices: ReadonlyMap<string, string[]>
  corrected: ReadonlyMap<string, ListRow>
  anyCorrected: boolean
}

type Asked = {
  period: { from: Day; to: Day }
  customer: { name: string; reference: string } | null
  service: { name: string; reference: string } | null
  /** Each list as it was known on its own day. */
  asThen: boolean
  today: Day
  locale: Locale
}

export function differencesPage(
  { differences, count, services, vendors, notices, corrected, anyCorrected }: Shown,
  { period, customer, service, asThen, today, locale }: Asked,
) {
  const t = textIn(locale)
  const facts = {
    from: formatDay(period.from, locale),
    to: formatDay(period.to, locale),
    name: customer?.name ?? '',
    service: service?.name ?? '',
  }
  const list = new URLSearchParams({ on: period.to })
  if (customer) list.set('customer', customer.reference)
  if (service) list.set('service', service.reference)
  return {
    title: customer
      ? t('register:differences.title-customer', facts)
      : service
        ? t('past:service.differences', facts)
        : t('register:differences.title'),
    lead: t('register:differences.lead', { ...facts, count }),
    empty: t('register:differences.none', facts),
    ...period,
    today,
    customer,
    service,
    known: {
      asThen,
      // Corrections of today cannot have been known on an earlier day; where there is none, both are the same.
      offered: asThen || anyCorrected,
      text: t(asThen ? 'past:differences.then' : 'past:differences.now'),
      url: differencesUrl(period, customer, service, !asThen),
      link: t(asThen ? 'past:differences.now-link' : 'past:differences.then-link'),
    },
    back: `/register?${list.toString()}`,
    rows: differenceRows(differences, { services, vendors }, locale).map((row) => ({
      ...row,
      url: `/engagements/${row.reference}`,
      marks: marksOf(corrected.get(row.engagement), locale),
      state: { tone: tones[row.kind], word: t(`register:differences.kind.${row.kind}`) },
      told: (notices.get(row.engagement) ?? []).map((notice) => ({
        text: customer ? t('register:differences.told-one', { notice }) : notice,
        url: customer ? `/notices/${notice}/recipients/${customer.reference}` : `/notices/${notice}`,
      })),
      untold: row.approval || t(`register:differences.untold.${row.kind}`),
    })),
  }
}

function marksOf(row: ListRow | undefined, locale: Locale) {
  return row === undefined ? [] : markRows(row, locale)
}

type Referred = { reference: string } | null

export function differencesUrl(
  { from, to }: { from: Day; to: Day },
  customer: Referred,
  service: Referred,
  asThen = false,
): string {
  const query = new URLSearchParams({ from, to })
  if (customer) query.set('customer', customer.reference)
  if (service) query.set('service', service.reference)
  if (asThen) query.set('known', 'then')
  return `/register/differences?${query.toString()}`
}
