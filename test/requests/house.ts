import { ensureLink, linkPath } from '../../src/auth/links.js'
import { customersByIds } from '../../src/customers/actions.js'
import type { Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { requestOf } from '../../src/requests/actions.js'
import { useApp } from '../support/app.js'
import { anonymous, type Agent } from '../support/people.js'
import { aWorld, customersOf } from '../notices/world.js'

export const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n')

/** A house that has something to ask for. */
export function requestHouse() {
  const tilsyn = useApp()

  /** A customer with one contact who may approve, another who may not, and the way in for each. */
  async function aHouse() {
    const world = await aWorld(tilsyn)
    const [customer, other] = (await customersOf(tilsyn, world, [
      { emails: ['chef@kunde.example', 'dpo@kunde.example'], caseNumber: '26/77' },
      {},
    ])) as [Customer, Customer]
    const come = async ({ _id }: Customer, place = 0): Promise<{ agent: Agent; page: string }> => {
      const [known] = await customersByIds([_id])
      const link = await ensureLink(tilsyn.context(), {
        kind: 'customer',
        customer: _id,
        contact: known?.contacts[place]?.id ?? '',
        about: { kind: 'customer', id: _id },
        expiresOn: '2028-01-01',
      })
      const agent = anonymous(tilsyn)
      await agent.get(linkPath(link, { key: tilsyn.house.keys.links }))
      return { agent, page: `/c/${link._id}` }
    }
    return { world, customer, other, come }
  }

  const mailsOf = async (reference: string) =>
    (await mailsAbout('request', [(await requestOf(reference))._id]))
      .map(({ kind, to }) => `${kind} ${to.address}`)
      .toSorted()
  return {
    tilsyn,
    aHouse,
    mailsOf,
  }
}
