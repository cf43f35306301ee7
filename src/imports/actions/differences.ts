import type { Locale } from '../../base/context.js'
import { allServices } from '../../register/actions.js'
import { engagementReferences } from '../../register/records.js'
import {
  customerDifferences,
  engagementDifferences,
  vendorDifferences,
  type Difference,
} from '../rules/differences.js'
import type { PlannedRow } from '../rules/plan.js'
import type { Plan } from './plan.js'

/** What a row would change, column by column; nothing for one that changes nothing, or brings something new. */
export type Differences = (row: PlannedRow) => Difference[]

export async function differencesIn(plan: Plan, locale: Locale): Promise<Differences> {
  const services = await allServices()
  if (plan.register === 'customers') {
    const byRow = new Map(plan.customers.map((customer) => [customer.row, customer]))
    const reader = { services, numbers: new Map(), locale }
    return (row) => {
      const customer = byRow.get(row.group)
      return row.verdict === 'change' && customer ? customerDifferences(customer, row, reader) : []
    }
  }
  const changed = plan.engagements.filter(({ changes }) => changes.length > 0)
  const above = changed.flatMap(({ existing, input }) => [existing?.parent ?? [], input.parent ?? []].flat())
  const reader = { services, numbers: await engagementReferences([...new Set(above)]), locale }
  const vendors = new Map(plan.vendors.map((vendor) => [vendor.row, vendor]))
  const engagements = new Map(changed.map((engagement) => [engagement.existing?._id, engagement]))
  return (row) => {
    if (row.verdict !== 'change') return []
    const vendor = row.number === row.group ? vendors.get(row.group) : undefined
    const engagement = row.of?.found ? engagements.get(row.of.found.id) : undefined
    return [
      ...(vendor && vendor.changes.length > 0 ? vendorDifferences(vendor, reader) : []),
      ...(engagement ? engagementDifferences(engagement, reader) : []),
    ]
  }
}
