import type { Day } from '../../base/day.js'
import {
  allServices,
  engagementsByIds,
  listForAll,
  listOn,
  noticesBetween,
  vendorsByIds,
} from '../records.js'
import { contentOn, differencesBetween, type Difference, type ListRow, type Service } from '../rules.js'

export type Differences = {
  differences: Difference[]
  services: Service[]
  /** Vendors' names by engagement, for the links above the rows. */
  vendors: ReadonlyMap<string, string>
  /** The notices by which each engagement came or went in between. */
  notices: ReadonlyMap<string, string[]>
}

/** What changed from one day's list to another's, of one customer or of all together. */
export async function differencesFor(
  { from, to }: { from: Day; to: Day },
  customer: string | undefined,
): Promise<Differences> {
  const on = (day: Day) => (customer === undefined ? listForAll(day) : listOn(customer, day))
  const [before, after, services] = await Promise.all([on(from), on(to), allServices()])
  const differences = differencesBetween(before, after)
  const changed = differences.map((each) =>
    each.kind === 'changed' ? each.after.engagement : each.row.engagement,
  )
  const [notices, vendors] = await Promise.all([
    noticesBetween(changed, { after: from, until: to }, customer),
    vendorsAbove([...before, ...after], to),
  ])
  return { differences, services, vendors, notices }
}

/** Whom each link of the chain above the rows is, by engagement, under the name it had on the day. */
export async function vendorsAbove(
  rows: readonly Pick<ListRow, 'content'>[],
  on: Day,
): Promise<Map<string, string>> {
  const parents = rows.flatMap(({ content }) => (content.parent === null ? [] : [content.parent]))
  const engagements = await engagementsByIds([...new Set(parents)])
  const vendors = await vendorsByIds(engagements.map(({ vendor }) => vendor))
  return new Map(
    engagements.flatMap(({ _id, vendor: id }) => {
      const vendor = vendors.find((each) => each._id === id)
      return vendor ? [[_id, contentOn(vendor.versions, on).name] as const] : []
    }),
  )
}
