import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { Difference, Service } from '../rules.js'
import { differenceRows } from './differences.js'

const tones = { came: 'good', went: 'calm', changed: 'info' } as const

type Shown = {
  differences: readonly Difference[]
  services: readonly Service[]
  vendors: ReadonlyMap<string, string>
  notices: ReadonlyMap<string, string[]>
}

type Asked = {
  period: { from: Day; to: Day }
  customer: { name: string; reference: string } | null
  today: Day
  locale: Locale
}

export function differencesPage(
  { differences, services, vendors, notices }: Shown,
  { period, customer, today, locale }: Asked,
) {
  const t = textIn(locale)
  const facts = {
    from: formatDay(period.from, locale),
    to: formatDay(period.to, locale),
    name: customer?.name ?? '',
  }
  const list = new URLSearchParams({ on: period.to })
  if (customer) list.set('customer', customer.reference)
  return {
    title: customer ? t('register:differences.title-customer', facts) : t('register:differences.title'),
    lead: t('register:differences.lead', { ...facts, count: differences.length }),
    empty: t('register:differences.none', facts),
    ...period,
    today,
    customer,
    back: `/register?${list.toString()}`,
    rows: differenceRows(differences, { services, vendors }, locale).map((row) => ({
      ...row,
      url: `/engagements/${row.reference}`,
      state: { tone: tones[row.kind], word: t(`register:differences.kind.${row.kind}`) },
      told: (notices.get(row.engagement) ?? []).map((notice) => ({
        text: customer ? t('register:differences.told-one', { notice }) : notice,
        url: customer ? `/notices/${notice}/recipients/${customer.reference}` : `/notices/${notice}`,
      })),
      untold: row.approval || t(`register:differences.untold.${row.kind}`),
    })),
  }
}

export function differencesUrl(from: Day, to: Day, customer?: string): string {
  const query = new URLSearchParams({ from, to })
  if (customer !== undefined) query.set('customer', customer)
  return `/register/differences?${query.toString()}`
}
