/** Today's list with the further sub-processors below it: what both checks of transfers look at. */
import type { Day } from '../../base/day.js'
import { engagementRows, spansMapped, whileListsStand, type SpanMapped } from '../records.js'
import { chainBelow } from './chain.js'

export type Judged = Pick<SpanMapped, 'engagement' | 'reference' | 'name'> & {
  where: Pick<SpanMapped['where'], 'storageCountries' | 'accessCountries' | 'transfers' | 'role'>
  services: string[]
  /** The engagements by the approval of which it is in a customer's chain: itself, or for a further link those above it. */
  through: string[]
  further: boolean
}

/** Transfers further down are of customers' data too, and the mapping of them goes down the chain (EDPB 22/2024, para 88). */
export async function listedAndBelow(stamp: string | null, today: Day): Promise<Judged[]> {
  return whileListsStand(stamp, `listed-and-below/${today}`, async () => {
    const spans = await spansMapped(today, { search: '', country: '' })
    const listed = spans.map((span): Judged => {
      const { engagement, reference, name, where, keys } = span
      const services = keys.flatMap((key) => (key.startsWith('service:') ? [key.slice(8)] : []))
      return { engagement, reference, name, where, services, through: [engagement], further: false }
    })
    return [...listed, ...(await furtherBelow(listed, today))]
  })
}

async function furtherBelow(listed: readonly Judged[], today: Day): Promise<Judged[]> {
  const own = new Map(listed.map((each) => [each.engagement, each]))
  const nodes = (await chainBelow([...own.keys()], today)).filter(({ link }) => !own.has(link._id))
  const rows = await engagementRows(nodes.map(({ link }) => link._id))
  const above = new Map(
    nodes.map(({ link, path }) => [link._id, path.flatMap(({ _id }) => own.get(_id) ?? [])]),
  )
  return rows.map((row) => {
    const through = above.get(row._id) ?? []
    return {
      engagement: row._id,
      reference: row.reference,
      name: row.vendorName,
      where: row,
      services: [...new Set(through.flatMap(({ services }) => services))],
      through: through.map(({ engagement }) => engagement),
      further: true,
    }
  })
}
