import { linkPath, linksFor } from '../../src/auth/links.js'
import { endCustomer } from '../../src/customers/actions.js'
import { lookForEndings } from '../../src/departures/actions.js'
import { departuresOfCustomer } from '../../src/departures/records.js'
import type { Departure } from '../../src/departures/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { editVendor, vendorsByIds } from '../../src/register/actions.js'
import type { World } from '../journeys/world.js'
import { aContact, aCustomer, buildWorld } from '../journeys/world.js'
import { useApp } from '../support/app.js'
import { anonymous, signedIn, type Agent } from '../support/people.js'

export const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\nslettet\n%%EOF\n')

/** A customer that has left, and the ways to its pages. */
export function departed() {
  const tilsyn = useApp()

  /** Two customers; the first has left since today. The vendor has a contact who can be written to. */
  async function whereOneLeft(): Promise<{ world: World; departure: Departure; agent: Agent }> {
    const world = await buildWorld(tilsyn.context(), [
      aCustomer(1, {
        name: 'Bakkeby Kommune',
        contacts: [aContact('dpo1@kunde.example', { mayApprove: true })],
      }),
      aCustomer(2, { name: 'Anden Kunde A/S' }),
    ])
    const [vendor] = await vendorsByIds([world.present.vendor])
    if (!vendor) throw new Error('no vendor')
    await editVendor(tilsyn.context(), vendor, {
      ...vendor,
      contacts: [
        {
          id: 'c1',
          name: 'Ida Holm',
          email: 'ida@curanet.example',
          role: 'data-protection',
          locale: 'da',
        },
      ],
    })
    const [customer] = world.customers
    if (!customer) throw new Error('no customer')
    await endCustomer(tilsyn.context(), customer, { on: tilsyn.today(), because: 'Opsagt' })
    await lookForEndings(tilsyn.context())
    const { agent } = await signedIn(tilsyn, 'officer', 'da')
    return { world, departure: await ofCustomer(customer._id), agent }
  }

  const ofCustomer = async (customer: string): Promise<Departure> => {
    const [found] = await departuresOfCustomer(customer)
    if (!found) throw new Error('no departure')
    return found
  }

  const kindsOf = async ({ _id }: Departure) =>
    (await mailsAbout('departure', [_id])).map(({ kind, to }) => `${kind} ${to.address}`)

  const byLink = async (departure: Departure, kind: 'customer' | 'vendor') => {
    const link = (await linksFor('departure', departure._id)).find((each) => (each.kind as string) === kind)
    if (!link) throw new Error('nobody was sent a link')
    const agent = anonymous(tilsyn)
    await agent.get(linkPath(link, { key: tilsyn.house.keys.links }))
    return {
      agent,
      page:
        kind === 'vendor' ? `/v/${link._id}/deletion` : `/c/${link._id}/departures/${departure.reference}`,
    }
  }
  return {
    tilsyn,
    whereOneLeft,
    ofCustomer,
    kindsOf,
    byLink,
  }
}
