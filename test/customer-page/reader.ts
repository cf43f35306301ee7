import { expect } from 'chai'
import request from 'supertest'
import { ensureLink, linkMaker, linkUrl, type Link } from '../../src/auth/links.js'
import type { Customer } from '../../src/customers/rules.js'
import { registerDelivery, type Notice } from '../../src/notices/actions.js'
import { useApp } from '../support/app.js'
import { submitFiles, type Agent } from '../support/people.js'
import { aDraft, anIssued, aWorld, customersOf, type World } from '../notices/world.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Vi gør indsigelse.') }

/** A customer and its neighbour, told of a change; one of its contacts has come by link. */
export function readerOf() {
  const tilsyn = useApp()
  let world: World
  let notice: Notice
  let customer: Customer
  let neighbour: Customer
  let link: Link
  let reader: Agent
  let base: string

  // Issued and delivered on Tuesday 24 November 2026: last day 28 December, use from the 29th.
  async function begin(
    agreement: Parameters<typeof customersOf>[2][number]['agreement'] = {},
    locale: 'da' | 'en' = 'da',
  ) {
    world = await aWorld(tilsyn)
    const customers = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', caseNumber: '26/1234', agreement, locale },
      { name: 'Naboby Forsyning' },
    ])
    customer = customers[0] as Customer
    neighbour = customers[1] as Customer
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    notice = await anIssued(tilsyn, aDraft(world.planned))
    for (const { _id } of customers)
      await registerDelivery(
        tilsyn.context(),
        `${notice._id}/${_id}`,
        { channel: 'letter', at: tilsyn.now() },
        letter,
      )
    link = await linkFor(customer)
    reader = await open(link)
    base = `/c/${link._id}`
  }

  const linkFor = (who: Customer) =>
    ensureLink(tilsyn.context(), {
      kind: 'customer',
      customer: who._id,
      contact: who.contacts[0]?.id ?? '',
      about: { kind: 'recipient', id: `${notice._id}/${who._id}` },
      expiresOn: '2027-11-24',
    })

  async function open(which: Link): Promise<Agent> {
    const agent = request.agent(tilsyn.app)
    const path = new URL(linkUrl(which, linkMaker(tilsyn.house))).pathname
    expect((await agent.get(path)).status).to.equal(303)
    return agent
  }

  const recipient = () => `${notice._id}/${customer._id}`
  const noticePage = () => `${base}/notices/${notice.reference}`
  const object = (fields: Record<string, string> = {}, files = [{ field: 'files', ...letter }]) =>
    submitFiles(reader, `${noticePage()}/object`, fields, files)
  return {
    tilsyn,
    get world() {
      return world
    },
    get notice() {
      return notice
    },
    get customer() {
      return customer
    },
    get neighbour() {
      return neighbour
    },
    get link() {
      return link
    },
    get reader() {
      return reader
    },
    set reader(agent) {
      reader = agent
    },
    get base() {
      return base
    },
    begin,
    linkFor,
    open,
    recipient,
    noticePage,
    object,
  }
}
