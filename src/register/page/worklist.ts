/** The worklist: what running engagements lack, by engagement or by what is missing, and who has not been looked over. */
import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatNumber, formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import type { FieldWork, Worklist } from '../actions/worklist.js'
import {
  itemsOf,
  missingFields,
  roles,
  vendorsFields,
  type AskedRecord,
  type MissingField,
  type RegisterTally,
  type Service,
  type WorkFilter,
} from '../rules.js'
import { completenessBar, remedyOf, sourcesInWords } from './completeness.js'
import { nameIn } from './vendor.js'
import { servicesInWords } from './words.js'

/** `service`: by its reference, as addresses name it. */
export type WorklistAsked = {
  by: 'record' | 'field' | 'stale'
  filter: WorkFilter
  service: string
  page: number
}

/** Rows of a page, and of each fact where all facts are shown. */
export const worklistPageSize = 40
export const mostPerField = 15

const mostCounted = 1000

export function worklistPage(
  tally: RegisterTally,
  list: Worklist,
  services: readonly Service[],
  asked: WorklistAsked,
  locale: Locale,
) {
  const t = textIn(locale)
  const { by, filter } = asked
  const counted = (count: number) => countInWords(count, locale)
  const fields = [...list.byField.values()].filter((count) => count > 0).length
  return {
    title: t('worklist:title'),
    by,
    filtered: filter.field !== null || filter.service !== null || filter.role !== null,
    bar: completenessBar(tally, locale),
    misplaced: list.misplaced === 0 ? '' : t('worklist:misplaced', { count: list.misplaced }),
    tabs: (['record', 'field', 'stale'] as const).map((tab) => ({
      text: t(`worklist:by.${tab}`),
      count: tab === 'record' ? counted(list.count) : tab === 'field' ? counted(fields) : '',
      url: worklistUrl(asked, { by: tab }),
      current: tab === by,
    })),
    fields: missingFields.flatMap((field) => {
      const lacking = list.byField.get(field) ?? 0
      return lacking === 0 && filter.field !== field
        ? []
        : [{ value: field, text: `${t(`worklist:field.${field}`)} (${counted(lacking)})` }]
    }),
    services: services
      .filter(({ endedOn, _id }) => endedOn === null || _id === filter.service)
      .map(({ reference, name }) => ({ value: reference, text: nameIn(name, locale) })),
    roles: roles.map((value) => ({ value, text: t(`register:role.${value}`) })),
    asked: { field: filter.field ?? '', service: asked.service, role: filter.role ?? '' },
    listUrl: by === 'stale' || list.count === 0 ? null : listUrl(filter),
    records: [] as unknown[],
    groups: [] as unknown[],
    stale: [] as unknown[],
    empty: null as string | null,
    paging: null as unknown,
  }
}

/** `count`: of all pages together. */
export function worklistPaging(count: number, asked: WorklistAsked) {
  const { page } = asked
  return {
    count: { count: Math.min(count, mostCounted), capped: count > mostCounted },
    previous: page > 1 ? worklistUrl(asked, { page: String(page - 1) }) : null,
    next: page * worklistPageSize < count ? worklistUrl(asked, { page: String(page + 1) }) : null,
  }
}

export function workRecords(
  records: readonly AskedRecord[],
  services: readonly Service[],
  only: MissingField | null,
  locale: Locale,
) {
  const t = textIn(locale)
  return records.map((record) => ({
    ...recordFacts(record, services, locale),
    items: itemsOf(record, only).map((item) => ({
      ...remedyOf(item, { vendor: record.vendorReference, engagement: record.reference }, locale),
      where: item.onVendor ? t('worklist:of-vendor') : '',
    })),
  }))
}

/** One fact and who lacks it. Where only the first few are shown, `more` leads to all. */
export function workGroup(work: FieldWork, asked: WorklistAsked, locale: Locale) {
  const t = textIn(locale)
  const { field, count } = work
  const shown = countInWords(count, locale)
  return {
    field,
    title: t(`worklist:field.${field}`),
    why: t(`register:why.${field}`),
    source: sourcesInWords(field, locale),
    lacking: t('worklist:lacking', { count, shown }),
    more:
      asked.filter.field !== null || count <= mostPerField
        ? null
        : { url: worklistUrl(asked, { field }), text: t('worklist:all-of-field', { count, shown }) },
    items: [
      ...work.vendors.map(({ reference, name }) => ({
        ...remedyOf({ field }, { vendor: reference, engagement: '' }, locale),
        name,
        reference,
        activity: '',
      })),
      ...work.records.flatMap((record) =>
        itemsOf(record, field).map((item) => ({
          ...remedyOf(item, { vendor: record.vendorReference, engagement: record.reference }, locale),
          name: record.vendorName,
          reference: record.reference,
          activity: nameIn(record.activity, locale),
        })),
      ),
    ],
  }
}

export function staleRows(
  rows: readonly { record: AskedRecord; lookedOver: Day | null }[],
  services: readonly Service[],
  locale: Locale,
) {
  return rows.map(({ record, lookedOver }) => ({
    ...recordFacts(record, services, locale),
    last: lookedOver === null ? textIn(locale)('worklist:stale.never') : formatShortDay(lookedOver, locale),
  }))
}

function recordFacts(record: AskedRecord, services: readonly Service[], locale: Locale) {
  const t = textIn(locale)
  return {
    reference: record.reference,
    url: `/engagements/${record.reference}`,
    name: record.vendorName,
    activity: nameIn(record.activity, locale),
    role: t(`register:role.${record.role}`),
    further: record.parent === null ? '' : t('worklist:further'),
    services: servicesInWords(record.services, services, locale),
  }
}

/** The same in the list of vendors or engagements, where several can be chosen, put right at once and taken out as a workbook. */
function listUrl({ field, service, role }: WorkFilter): string {
  const of = field !== null && vendorsFields.includes(field) ? 'vendors' : 'engagements'
  const query = new URLSearchParams({ missing: field ?? 'any' })
  if (service !== null) query.set('service', service)
  if (role !== null) query.set('role', role)
  return `/${of}?${query.toString()}`
}

/** '1,000+' where counting stopped. */
function countInWords(count: number, locale: Locale): string {
  return `${formatNumber(Math.min(count, mostCounted), locale)}${count > mostCounted ? '+' : ''}`
}

function worklistUrl(
  { by, filter, service }: WorklistAsked,
  changes: Partial<Record<'by' | 'field' | 'page', string>>,
): string {
  const wanted = { by, field: filter.field ?? '', service, role: filter.role ?? '', ...changes }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wanted))
    if (value !== '' && !(name === 'by' && value === 'record')) query.set(name, value)
  const text = query.toString()
  return `/register/worklist${text && `?${text}`}`
}
