import { expect } from 'chai'
import request from 'supertest'
import { sendAgain, sendDeclaration } from '../../src/audits/actions/send.js'
import { Copies, copiesOfCustomer } from '../../src/audits/records/copies.js'
import { copyId } from '../../src/audits/rules/sending.js'
import { mailboxCookie, mailboxShown } from '../../src/auth/shared-links.js'
import { workOnDeclarations } from '../../src/audits/timers.js'
import type { Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { settleCarried } from '../../src/mail/records/carried.js'
import { linkIn } from '../journeys/house.js'
import { aWorld, customersOf, senderTo } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { submit } from '../support/people.js'
import { aSignedOne } from './signed.js'

const municipality = 'dpo@bakkeby.example'
const own = 'vagt@elvaerk.example'
const elsewhere = 'dpo@elmely.example'

// DPA C.7: the declaration goes to every customer. Whoever answers for several reads it once (`product.md`, Customers).
describe('The declaration to one person who answers for many customers', () => {
  const app = useApp()
  const mailbox = useMailbox()
  const context = () => app.context({ kind: 'staff', id: 'dpo' })
  let customers: Customer[]
  let reference = ''

  beforeEach('four institutions of one municipality, and one customer of its own', async () => {
    const names = ['Børnehuset', 'Elværket', 'Museet', 'Åskolen']
    customers = await customersOf(app, await aWorld(app), [
      ...names.map((name, number) => ({
        name,
        caseNumber: `BK-${number + 1}`,
        // One of them has another contact, who answers for it alone.
        emails: number === 1 ? [municipality, own] : [municipality],
      })),
      { name: 'Elmely A/S', emails: [elsewhere] },
    ])
    reference = await aSignedOne(context())
  })

  const work = async () => {
    await workOnDeclarations(context())
    await senderTo(app, mailbox.url).sendDue()
    await settleCarried()
    await workOnDeclarations(context())
  }
  const sendToAll = async () => {
    await sendDeclaration(context(), reference, { once: 'all', to: 'all', customers: [] })
    await work()
  }
  const open = async (address: string) => {
    const agent = request.agent(app.app)
    const landed = (await agent.get(linkIn(mailbox.mailsFor(address).at(-1)))).headers['location'] as string
    return { agent, landed, page: /^\/c\/[^/]+/.exec(landed)?.[0] ?? '' }
  }

  it('is one mail that names them all, and each customer has its own evidence', async () => {
    await sendToAll()
    await work()
    const mails = mailbox.mailsFor(municipality)
    expect(mails).to.have.length(1)
    expect(mails[0]?.subject).to.equal(
      'Jeres sager BK-1, BK-2, BK-3, BK-4: Årlig intern GDPR-revision 2026: erklæring fra Nordvang Drift A/S [AU-2026]',
    )
    const text = mails[0]?.text ?? ''
    for (const { name } of customers.slice(0, 4)) expect(text).to.include(name)
    expect(text)
      .to.match(/de 4 kunder, du svarer for/i)
      .and.not.include('Elmely')
    const [alone] = mailbox.mailsFor(own)
    expect(alone?.text).to.include('Elværket').and.not.include('Museet')
    expect(mailbox.mails).to.have.length(3)
    for (const { _id } of customers) {
      expect((await copiesOfCustomer(_id))[0]).to.include({ state: 'told', toldOn: '2026-11-23' })
      for (const mail of await mailsAbout('declaration-copy', [copyId('a1', _id)])) {
        expect(mail.state).to.equal('accepted')
        expect(mail.evidence).to.have.length(1)
      }
    }
  })

  it('is one page, where receipt is confirmed for all, for some, and never for somebody else’s customer', async () => {
    await sendToAll()
    const { agent, page, landed } = await open(municipality)
    const together = `${page}/declarations/${reference}/together`
    expect(landed).to.equal(together)
    const shown = await agent.get(together)
    for (const { name } of customers.slice(0, 4)) expect(shown.text).to.include(name)
    expect(shown.text).to.not.include('Elmely')
    const nobody = await submit(agent, together, {}, `${together}/receipt`)
    expect(nobody.status).to.equal(422)
    expect(nobody.text).to.include('Vælg mindst én kunde.')
    const [first = '', second = '', third = '', fourth = '', stranger = ''] = customers.map(({ _id }) => _id)
    const confirm = (some: string[]) => submit(agent, together, { customers: some }, `${together}/receipt`)
    const confirmed = async () =>
      (await Copies.distinct('customer', { 'receipt.on': '2026-11-23' })).toSorted()
    expect((await confirm([first, second, stranger])).status).to.equal(303)
    expect(await confirmed()).to.deep.equal([first, second].toSorted())
    // Once more changes nothing; the others are still to be confirmed.
    expect((await confirm([first, third, fourth])).status).to.equal(303)
    expect(await confirmed()).to.have.length(4)
    const events = (await Copies.findById(copyId('a1', first)).lean())?.moves.map(({ event }) => event)
    expect(events).to.deep.equal(
      ['added', 'queued', 'told', 'received'].map((what) => `declaration-copy.${what}`),
    )
    expect((await agent.get(`${page}/declarations`)).text).to.include('Du svarer også for 3 andre kunder.')
    const other = /href="(\/c\/[^"]+\/others\/[^"]+)"/.exec((await agent.get(together)).text)?.[1] ?? ''
    agent.jar.setCookie(
      `${mailboxCookie.name}=${mailboxShown(app.house, municipality)}; Path=/c`,
      '127.0.0.1',
    )
    const way = (await agent.get(other)).headers['location'] as string
    expect((await agent.get(way)).headers['location']).to.match(/\/declarations$/)
    const single = await open(elsewhere)
    const theirs = await single.agent.get(`${single.page}/declarations/${reference}/together`)
    expect(theirs.text).to.include('Elmely A/S').and.not.include('Museet')
    expect((await single.agent.get(`${single.page}/declarations`)).text).to.not.include('/together')
  })

  it('that is refused leaves each of that person’s customers a task, and goes again to one of them alone', async () => {
    mailbox.refuse(municipality, 550)
    await sendToAll()
    const states = async () => (await Copies.find().sort({ sortKey: 1 }).lean()).map(({ state }) => state)
    // In the order of the names; Elværket was told by its other contact.
    expect(await states()).to.deep.equal(['undelivered', 'told', 'told', 'undelivered', 'undelivered'])
    mailbox.recover()
    await sendAgain(context(), reference, customers[0]?._id ?? '')
    await work()
    expect((await states())[0]).to.equal('told')
    expect(mailbox.mailsFor(municipality).at(-1)?.text).to.include('Børnehuset').and.not.include('Museet')
  })
})
