import { customersByIds } from '../../customers/actions.js'
import { engagementsByIds, vendorsByIds } from '../../register/actions.js'
import type { Import } from '../records.js'
import type { CreatedKind } from '../rules/import.js'

export type LeftRecord = { url: string; reference: string; name: string }

/** More are only counted. */
const mostNamed = 100

/** What an undoing left as it was, wholly or in part. */
export async function leftBehind({ left }: Pick<Import, 'left'>): Promise<LeftRecord[]> {
  const some = left.slice(0, mostNamed)
  const of = (kind: CreatedKind) => some.filter((each) => each.kind === kind).map(({ id }) => id)
  const [vendors, engagements, customers] = await Promise.all([
    vendorsByIds(of('vendor')),
    engagementsByIds(of('engagement')),
    customersByIds(of('customer')),
  ])
  const named = (at: string, { reference, name }: { reference: string; name: string }) => ({
    url: `/${at}/${reference}`,
    reference,
    name,
  })
  return [
    ...vendors.map((vendor) => named('vendors', vendor)),
    ...engagements.map(({ reference, activity }) => named('engagements', { reference, name: activity.da })),
    ...customers.map((customer) => named('customers', customer)),
  ]
}
