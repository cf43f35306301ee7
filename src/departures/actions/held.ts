/** Where the data of those that leave lie, as the register had it on their last day. */
import { addDays, type Day } from '../../base/day.js'
import {
  branchesBelow,
  chainBelow,
  engagementsByIds,
  knownNodes,
  listOn,
  vendorsByIds,
  type KnownNode,
} from '../../register/actions.js'
import { wasUsed, type Held } from '../rules.js'

/**
 * The sub-processors on the customer's list on its last day that did something for these services, and everyone below them. What
 * came by a notice and was never used held nothing; of what was accepted at signing the day of first use is often not known.
 */
export async function heldForCustomer(
  customer: string,
  services: readonly string[],
  endedOn: Day,
): Promise<Held[]> {
  const last = addDays(endedOn, -1)
  const listed = (await listOn(customer, last)).filter(
    ({ content }) =>
      content.role === 'sub-processor' && content.services.some((service) => services.includes(service)),
  )
  const baseline = new Set(
    listed.filter(({ kind }) => kind === 'baseline').map(({ engagement }) => engagement),
  )
  const held = (await engagementsByIds(listed.map(({ engagement }) => engagement)))
    .filter((engagement) => baseline.has(engagement._id) || wasUsed(engagement, endedOn))
    .map(({ _id }) => _id)
  return heldIn(await chainBelow(held, last), held, last)
}

/** The engagement itself and those below it, whichever customers they are used for. */
export async function heldByEngagement(engagement: string, endedOn: Day): Promise<Held[]> {
  const last = addDays(endedOn, -1)
  return heldIn(await branchesBelow([engagement], last), [engagement], last)
}

async function heldIn(
  chain: Awaited<ReturnType<typeof chainBelow>>,
  engagements: readonly string[],
  day: Day,
): Promise<Held[]> {
  const nodes = await knownNodes(chain, day)
  const known = new Map(nodes.filter(({ link }) => !link.planned).map((node) => [node.link._id, node]))
  // One that ran on the day and is not in the chain of it any more still held data.
  const missing = engagements.filter((id) => !known.has(id))
  return [...[...known.values()].map(heldAt), ...(await alone(missing))]
}

/** We have a contract with the link at the top: it answers for those below it (Art. 28(4)). */
function heldAt({ link, path }: KnownNode): Held {
  const top = path[0] ?? link
  return {
    engagement: link._id,
    reference: link.reference,
    vendorName: link.content.vendorName,
    activity: link.content.activity,
    vendor: link.vendor,
    asked: { vendor: top.vendor, name: top.content.vendorName },
  }
}

async function alone(ids: readonly string[]): Promise<Held[]> {
  const engagements = await engagementsByIds(ids)
  const vendors = new Map(
    (await vendorsByIds(engagements.map(({ vendor }) => vendor))).map((vendor) => [vendor._id, vendor]),
  )
  return engagements.map(({ _id, reference, activity, vendor }) => {
    const name = vendors.get(vendor)?.name ?? ''
    return { engagement: _id, reference, vendorName: name, activity, vendor, asked: { vendor, name } }
  })
}
