import { inBatches } from '../../base/batches.js'
import type { Context } from '../../base/context.js'
import { dayOf } from '../../base/day.js'
import { customersMatching, readCustomerQuery } from '../../customers/actions.js'
import { customerListRow } from '../../customers/page.js'
import { currentContacts } from '../../customers/rules.js'
import {
  allServices,
  approvalCounts,
  engagementsMatching,
  readEngagementQuery,
  readVendorQuery,
  vendorsMatching,
} from '../../register/actions.js'
import { engagementListRow, vendorListRow } from '../../register/page.js'
import { lawNow } from '../../transfers/actions.js'
import { contactCells, customerCells, engagementCells, vendorCells, type Exported } from '../rules/export.js'
import { shownHeadings, shownRow } from '../rules/shown-columns.js'

/** Some at a time, so that what belongs to them is asked for once for all of them. */
const batch = 200

/**
 * A list with the columns its address names: what an import reads as the whole export writes it, the rest in the list's words. A
 * column that is not there is left alone when the file is brought in.
 */
export function shownRows(
  context: Context,
  exported: Exported,
  query: unknown,
  zone: string,
): AsyncGenerator<string[]> {
  const reader = { today: context.today, locale: context.locale, dayOf: (at: Date) => dayOf(at, zone) }
  return { register: engagements, vendors, customers }[exported](context, query, reader)
}

type Reader = Pick<Context, 'today' | 'locale'> & { dayOf: (at: Date) => string }

async function* engagements(context: Context, raw: unknown, reader: Reader): AsyncGenerator<string[]> {
  const { today, locale } = context
  const query = readEngagementQuery(raw)
  yield shownHeadings('register', query.columns, locale)
  const [law, services] = await Promise.all([lawNow(), allServices()])
  for await (const entries of inBatches(engagementsMatching(context, query), batch)) {
    const ids = entries.map(({ engagement }) => engagement._id)
    const customers = query.columns.includes('customers') ? await approvalCounts(today, ids) : new Map()
    for (const entry of entries) {
      const { engagement, vendor } = entry
      const row = engagementListRow(entry, { law, services, customers, ...reader })
      const state = [row.state.word, row.completeness?.word].filter(Boolean).join(', ')
      const cells = {
        ...vendorCells(vendor, locale),
        ...engagementCells(engagement, services, locale, new Map()),
      }
      const { risk, customers: count, changed } = row
      const words = { risk: riskWords(risk), customers: count, changed, state }
      yield shownRow('register', query.columns, cells, words)
    }
  }
}

async function* vendors(context: Context, raw: unknown, reader: Reader): AsyncGenerator<string[]> {
  const query = readVendorQuery(raw)
  yield shownHeadings('vendors', query.columns, context.locale)
  for await (const entry of vendorsMatching(context, query)) {
    const { role, engagements: count, risk, changed, completeness } = vendorListRow(entry, reader)
    yield shownRow('vendors', query.columns, vendorCells(entry.vendor, context.locale), {
      role,
      engagements: String(count),
      risk: risk === null ? '' : riskWords(risk),
      changed,
      missing: completeness?.word ?? '',
    })
  }
}

async function* customers(context: Context, raw: unknown, reader: Reader): AsyncGenerator<string[]> {
  const { locale } = context
  const query = readCustomerQuery(raw)
  yield shownHeadings('customers', query.columns, locale)
  const services = await allServices()
  for await (const customer of customersMatching(context, query)) {
    const { changed } = customerListRow(customer, services, reader)
    const told = currentContacts(customer.contacts).find(({ dataProtection }) => dataProtection)
    const cells = {
      ...customerCells(customer, services, locale),
      ...(told ? contactCells(told, locale) : {}),
    }
    yield shownRow('customers', query.columns, cells, { changed })
  }
}

function riskWords({ word, points }: { word: string; points: string }): string {
  return `${word}, ${points}`
}
