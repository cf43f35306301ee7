import { inBatches } from '../../base/batches.js'
import type { Context } from '../../base/context.js'
import { customersMatching, readCustomerQuery } from '../../customers/actions.js'
import { customersInOrder } from '../../customers/records.js'
import {
  allServices,
  engagementsMatching,
  readEngagementQuery,
  readVendorQuery,
  vendorsMatching,
} from '../../register/actions.js'
import { namesColumns } from '../../lists/rules.js'
import type { Engagement, Service, Vendor } from '../../register/rules.js'
import { engagementReferences, engagementsOfAll, vendorsInOrder } from '../../register/records.js'
import {
  customerRows,
  engagementCells,
  exportHeadings,
  exportRow,
  vendorCells,
  type Exported,
} from '../rules/export.js'
import { shownRows } from './shown-rows.js'

/** Some at a time, so that what belongs to them is asked for once for all of them. */
const batch = 200

/**
 * The register in the shape an import reads, row by row; the first row is the headings. `query`: what a list shows, as its address
 * has it, with the columns it names; without one it is everything, ended records and earlier contacts too.
 */
export async function* exportedRows(
  context: Context,
  exported: Exported,
  query?: unknown,
  zone = 'UTC',
): AsyncGenerator<string[]> {
  if (query !== undefined && namesColumns(query)) return yield* shownRows(context, exported, query, zone)
  const { locale } = context
  yield exportHeadings(exported, locale)
  const services = await allServices()
  if (exported === 'customers')
    for await (const customers of query === undefined
      ? customersInOrder()
      : inBatches(customersMatching(context, readCustomerQuery(query)), batch))
      for (const customer of customers) yield* customerRows(customer, services, locale)
  else if (exported === 'vendors')
    for await (const vendors of query === undefined ? vendorsInOrder() : vendorsShown(context, query))
      for (const vendor of vendors) yield exportRow(exported, vendorCells(vendor, locale))
  else if (query === undefined)
    for await (const vendors of vendorsInOrder()) yield* wholeRows(context, vendors, services)
  else
    for await (const entries of inBatches(engagementsMatching(context, readEngagementQuery(query)), batch)) {
      const numbers = await numbersNamedBy(entries.map(({ engagement }) => engagement))
      for (const { engagement, vendor } of entries)
        yield exportRow(exported, {
          ...vendorCells(vendor, locale),
          ...engagementCells(engagement, services, locale, numbers),
        })
    }
}

async function* vendorsShown(context: Context, query: unknown): AsyncGenerator<Vendor[]> {
  for await (const { vendor } of vendorsMatching(context, readVendorQuery(query))) yield [vendor]
}

/** Vendors with what they do for us; one that does nothing has a row of its own. */
async function* wholeRows(
  context: Context,
  vendors: readonly Vendor[],
  services: readonly Service[],
): AsyncGenerator<string[]> {
  const found = inOrder(await engagementsOfAll(vendors.map(({ _id }) => _id)))
  const own = new Map<string, Engagement[]>(vendors.map(({ _id }) => [_id, []]))
  for (const engagement of found) own.get(engagement.vendor)?.push(engagement)
  const numbers = await numbersNamedBy(found)
  for (const vendor of vendors) {
    const cells = vendorCells(vendor, context.locale)
    const engagements = own.get(vendor._id) ?? []
    if (engagements.length === 0) yield exportRow('register', cells)
    for (const engagement of engagements)
      yield exportRow('register', {
        ...cells,
        ...engagementCells(engagement, services, context.locale, numbers),
      })
  }
}

function numbersNamedBy(engagements: readonly Engagement[]): Promise<Map<string, string>> {
  const named = engagements.flatMap(({ parent, continues }) => [parent ?? [], continues ?? []].flat())
  return engagementReferences([...new Set(named)])
}

/** A longer number is a later one. */
function inOrder<T extends { reference: string }>(records: readonly T[]): T[] {
  return records.toSorted(({ reference: a }, { reference: b }) => a.length - b.length || (a < b ? -1 : 1))
}
