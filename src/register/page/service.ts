import type { Locale } from '../../base/context.js'
import type { EngagementRow, Service } from '../rules.js'
import { nameIn } from './vendor.js'

/** So many sub-processors of a service are named; the others stand in the list of engagements. */
export const mostNamed = 10

/** `bought`: how many customers buy each service. `engaged`: the first sub-processors of each, one more than are named. */
export function serviceRows(
  services: readonly Service[],
  bought: ReadonlyMap<string, { count: number; capped: boolean }>,
  engaged: readonly (readonly Pick<EngagementRow, 'reference' | 'vendorName'>[])[],
  locale: Locale,
) {
  return services.map((service, place) => {
    const rows = engaged[place] ?? []
    return {
      reference: service.reference,
      name: nameIn(service.name, locale),
      edit: `/services/${service.reference}/edit`,
      customers: bought.get(service._id)?.count ?? 0,
      capped: bought.get(service._id)?.capped ?? false,
      customersUrl: `/customers?service=${service._id}`,
      engagements: rows
        .slice(0, mostNamed)
        .map((row) => ({ url: `/engagements/${row.reference}`, name: row.vendorName })),
      othersUrl: rows.length > mostNamed ? `/engagements?service=${service._id}` : null,
      // Where their data are, of those that customers have approved.
      mapUrl: rows.length > 0 ? `/register?service=${service.reference}&as=map` : null,
      ended: service.endedOn,
    }
  })
}
