import type { Locale } from '../../base/context.js'
import type { Day } from '../../base/day.js'
import { formatShortDay } from '../../i18n/formats.js'
import { textIn } from '../../i18n/texts.js'
import { mostInSelect } from '../../lists/picking.js'
import { basisInShort, countriesInWords } from '../../transfers/page.js'
import { countryName, judgeLinks, type Law } from '../../transfers/rules.js'
import {
  missingIn,
  signedFrom,
  type AcceptingCustomer,
  type EngagementRow,
  type ListRow,
  type Service,
} from '../rules.js'
import { addressInWords } from './differences.js'
import { markRows } from './past.js'
import { completenessState, customersInWords, numberInWords, servicesInWords, stateOf } from './words.js'

export function listRows(
  law: Law,
  rows: readonly ListRow[],
  services: readonly Service[],
  day: Day,
  locale: Locale,
) {
  return rows.map((row) => listRow(law, row, services, day, locale))
}

function listRow(law: Law, row: ListRow, services: readonly Service[], day: Day, locale: Locale) {
  const t = textIn(locale)
  const { content } = row
  const missing = missingIn(content, row.contract, { law, day })
  const links = judgeLinks(
    law,
    content.storageCountries,
    content.accessCountries,
    content.transfers,
    day,
    content.role,
  )
  return {
    url: `/engagements/${row.reference}`,
    reference: row.reference,
    name: content.vendorName,
    number: numberInWords(content.registration, locale),
    address: addressInWords(content.address, content.country, locale),
    activity: content.activity[locale] || content.activity.da || content.activity.en,
    services: servicesInWords(content.services, services, locale),
    storage: countriesInWords(content.storageCountries, locale),
    access: countriesInWords(content.accessCountries, locale),
    bases: links.map(({ country, state, transfers }) => ({
      country: countryName(country, locale),
      basis: transfers.map(({ transfer }) => basisInShort(transfer, locale)).join(' + '),
      state:
        state === 'lawful'
          ? null
          : { tone: state === 'unlawful' ? 'stop' : 'wait', word: t(`transfers:state.${state}`) },
    })),
    state: stateOf(row.state, locale),
    customers: customersInWords(row.customers, row.capped, locale),
    since: formatShortDay(row.approvedFrom, locale),
    kind: row.kind,
    approval: row.kind === null ? '' : t(`register:approval.${row.kind}`, { notice: row.notice ?? '' }),
    notice: row.notice,
    marks: markRows(row, locale),
    completeness: completenessState(missing, locale),
  }
}

/** Entered and approved by nobody yet: below the list, since they are not on it. */
export function plannedRows(rows: readonly EngagementRow[], services: readonly Service[], locale: Locale) {
  return rows.map((row) => ({
    url: `/engagements/${row.reference}`,
    reference: row.reference,
    name: row.vendorName,
    activity: row.activity[locale] || row.activity.da,
    services: servicesInWords(row.services, services, locale),
  }))
}

/** The choice of what stood on the list at signing; what others have approved already is ticked to begin with. */
export function baselineChoices(
  customers: readonly AcceptingCustomer[],
  running: readonly EngagementRow[],
  counts: ReadonlyMap<string, { customers: number }>,
  locale: Locale,
) {
  const known = running.filter(({ _id }) => counts.has(_id)).map(({ _id }) => _id)
  return {
    count: customers.length,
    names: customers.slice(0, 10).map(({ name, reference }) => ({ name, url: `/customers/${reference}` })),
    more: Math.max(0, customers.length - 10),
    undated: customers.filter((customer) => signedFrom(customer) === null).length,
    signedFrom: customers.length === 1 && customers[0] ? signedFrom(customers[0]) : null,
    chosen: known.length > 0 ? known : running.map(({ _id }) => _id),
    // Nobody ticks thousands: then all of those ticked to begin with are taken, or some are named.
    many: running.length > mostInSelect,
    approved: known.length > 0,
    engagements: running.map((row) => ({
      value: row._id,
      text: `${row.vendorName} (${row.reference})`,
      hint: row.activity[locale] || row.activity.da,
    })),
  }
}
