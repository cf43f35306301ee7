import { expect } from 'chai'
import request from 'supertest'
import { linkMaker, linkPath, linksFor } from '../../src/auth/links.js'
import type { Customer } from '../../src/customers/rules.js'
import type { Notice } from '../../src/notices/actions.js'
import { objectionsOfCustomer } from '../../src/objections/actions.js'
import { submit, type Agent } from '../support/people.js'
import { visit } from '../support/visit.js'
import { codeIn, useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld } from './world.js'

const adviser = 'dpo@raadgiver.example'

// A link can be forwarded (decision 17). Whoever it was forwarded to meets the customer it is about, and none of the others its first
// reader answers for: neither by name, nor by what they wrote, nor by a way to their pages (GDPR 5(1)(f), 32).
describe('A forwarded link of somebody who answers for many customers', function () {
  this.timeout(60_000)
  const house = useJourney()
  let notice: Notice
  let one: Customer
  let other: Customer

  beforeEach('an adviser has been told for two of them', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Almind Museum', contacts: [aContact(adviser)] },
      { name: 'Brejning Bibliotek', contacts: [aContact(adviser)] },
      { name: 'Cykelhuset A/S', contacts: [aContact('dpo@cykelhuset.example')] },
    ])
    ;[one, other] = world.customers as [Customer, Customer]
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
  })

  /** By the link that stands in any mail about the first customer alone. */
  async function byOneLink(): Promise<{ agent: Agent; page: string }> {
    const [link] = await linksFor('recipient', `${notice._id}/${one._id}`)
    if (!link) throw new Error('the notice went out without a link')
    const agent = request.agent(house.app)
    expect((await agent.get(linkPath(link, linkMaker(house.house)))).status).to.equal(303)
    return { agent, page: `/c/${link._id}` }
  }
  const receiptOf = async (customer: Customer) => (await house.partOf(notice, customer)).receipt
  const together = () => `together/${notice.reference}`

  it('shows a stranger that customer, and not that there is a second by that name', async () => {
    const { agent, page } = await byOneLink()
    for (const path of [
      '',
      `notices/${notice.reference}`,
      together(),
      'declarations',
      'supervision',
      `supervision?from=${other.reference}`,
      `others/${other.reference}?to=notices/${notice.reference}`,
      'requests',
      'instructions',
      'record',
      'list',
    ]) {
      const shown = await agent.get(`${page}/${path}`)
      expect(shown.status, path).to.equal(200)
      expect(shown.text, path).to.not.include('Brejning').and.not.include('href="/l/')
    }
    const own = `${page}/notices/${notice.reference}`
    const everybody = { customers: [one._id, other._id], reasons: 'Nej', name: 'X', title: 'Y' }
    for (const act of ['receipt', 'object', 'answer']) {
      const sent = await submit(agent, own, everybody, `${page}/${together()}/${act}`)
      expect(sent.status, act).to.equal(403)
      expect(sent.text, act).to.not.include('Brejning')
    }
    expect([await receiptOf(one), await receiptOf(other)]).to.deep.equal([null, null])
    expect(await objectionsOfCustomer(other._id)).to.deep.equal([])
    // For the one it is about it does what it always did.
    expect((await submit(agent, own, {}, `${own}/receipt`)).status).to.equal(303)
    expect(await receiptOf(one)).to.not.equal(null)
  })

  it('sends the code that shows the others to the first reader’s own mailbox, where the stranger cannot read it', async () => {
    const { agent, page } = await byOneLink()
    const asked = await submit(agent, `${page}/${together()}`, { to: together() }, `${page}/mailbox`)
    const code = String(asked.headers['location'])
    await house.work()
    const mail = house.mailbox.mailsFor(adviser).at(-1)
    expect(mail?.text)
      .to.match(/har du ikke bedt om dette/i)
      .and.not.include('Brejning')
    const shown = await visit(agent, code)
    expect(shown.text).to.include('d…@raadgiver.example').and.not.include('Brejning')
    const wrong = codeIn(mail) === '000000' ? '000001' : '000000'
    expect((await submit(agent, code, { code: wrong })).status).to.equal(422)
    expect((await agent.get(`${page}/${together()}`)).text).to.not.include('Brejning')

    // The adviser types it, on another of the links if need be; once, for a sitting.
    const { agent: reader } = await byOneLink()
    const typed = await submit(reader, code, { code: codeIn(mail) })
    expect(typed.headers['location']).to.equal(`${page}/${together()}`)
    const all = await visit(reader, `${page}/${together()}`)
    expect(all.text).to.include('Brejning Bibliotek').and.not.include('Cykelhuset')
    expect((await visit(reader, `${page}/supervision`)).text).to.include('Brejning Bibliotek')
    const ids = [one._id, other._id]
    await submit(reader, `${page}/${together()}`, { customers: ids }, `${page}/${together()}/receipt`)
    expect(await receiptOf(other)).to.not.equal(null)
    const link = all.links.find((each) => each.includes('/others/')) ?? ''
    const opened = await reader.get(String((await reader.get(link)).headers['location']))
    expect(opened.status).to.equal(303)
    const theirs = await visit(reader, String(opened.headers['location']))
    expect(theirs.text).to.include('Brejning Bibliotek').and.include('Du svarer også for én anden kunde.')

    // The same digits show nobody else anything: guesses at a used code are not counted.
    await submit(agent, `${page}/notices/${notice.reference}`, { code: codeIn(mail) }, code)
    expect((await agent.get(`${page}/${together()}`)).text).to.not.include('Brejning')
    // After the sitting it is asked for again.
    house.moveTo(new Date(house.now().getTime() + 12 * 3_600_000 + 1000))
    const { agent: fresh } = await byOneLink()
    fresh.jar.setCookies(['tilsyn_mailbox=gone; Path=/c'], '127.0.0.1', '/')
    expect((await fresh.get(`${page}/${together()}`)).text).to.not.include('Brejning')
  })

  it('in the mail about both shows both together, as that mail did, and nothing else of the second', async () => {
    const { agent, page, landed } = await house.open(adviser)
    expect(landed).to.equal(`${page}/${together()}`)
    const shown = await visit(agent, landed)
    expect(shown.text).to.include('Brejning Bibliotek')
    await submit(agent, landed, { customers: [other._id] }, `${landed}/receipt`)
    expect(await receiptOf(other)).to.not.equal(null)
    const link = shown.links.find((each) => each.includes('/others/')) ?? ''
    expect((await visit(agent, link)).text)
      .to.include('Send mig en kode')
      .and.not.include('Brejning')
    expect((await visit(agent, `${page}/supervision`)).text).to.not.include('Brejning')
  })

  it('is not made into the one of the shared mail by whoever has it', async () => {
    const [link] = await linksFor('recipient', `${notice._id}/${one._id}`)
    const own = linkPath(link!, linkMaker(house.house))
    const forged = own.replace(/\.(\d+)\./, '.$1s.')
    expect((await request(house.app).get(forged)).status).to.equal(404)
  })
})
