import type { Locale } from '../../base/context.js'
import type { EngagementRow, Service } from '../rules.js'
import { nameIn } from './vendor.js'

/** `bought`: how many customers buy each service. */
export function serviceRows(
  services: readonly Service[],
  bought: ReadonlyMap<string, number>,
  running: readonly EngagementRow[],
  locale: Locale,
) {
  return services.map((service) => {
    const engaged = running.filter((row) => row.services.includes(service._id))
    return {
      reference: service.reference,
      name: nameIn(service.name, locale),
      edit: `/services/${service.reference}/edit`,
      customers: bought.get(service._id) ?? 0,
      customersUrl: `/customers?service=${service._id}`,
      engagements: engaged.map((row) => ({ url: `/engagements/${row.reference}`, name: row.vendorName })),
      ended: service.endedOn,
    }
  })
}
