import { expect } from 'chai'
import { freeze } from '../../src/audits/actions/freeze.js'
import { auditOf } from '../../src/audits/actions/read.js'
import { confirmDeclaration, declarationsFor, takeDeclaration } from '../../src/audits/actions/received.js'
import { goOnSending, sendAgain, sendDeclaration } from '../../src/audits/actions/send.js'
import { Copies, copiesOfCustomer } from '../../src/audits/records/copies.js'
import { insertAudit } from '../../src/audits/records/audits.js'
import { workOnDeclarations } from '../../src/audits/timers.js'
import { historyOf } from '../../src/audit-log/actions.js'
import { signedDeclarations } from '../../src/audits/actions/declarations.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { aWorld, customersOf, senderTo } from '../notices/world.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { signedIn, submit } from '../support/people.js'
import { visit } from '../support/visit.js'
import { anAudit } from './declared.js'
import { testedAudit } from './ready.js'
import { aSignedOne } from './signed.js'

describe('sending the declaration', () => {
  const app = useApp()
  const mailbox = useMailbox()
  const context = () => app.context({ kind: 'staff', id: 'dpo' })

  const signedOne = () => aSignedOne(context())

  it('reaches every customer once, however often it is asked for and wherever it was cut short', async () => {
    const world = await aWorld(app)
    const customers = await customersOf(app, world, [{}, {}, { emails: [] }, { locale: 'en' }])
    const reference = await signedOne()
    const all = { to: 'all' as const, customers: [] }
    await sendDeclaration(context(), reference, { once: 'one', ...all })
    await Promise.all([goOnSending(context()).catch(() => 0), goOnSending(context()).catch(() => 0)])
    await sendDeclaration(context(), reference, { once: 'one', ...all })
    await sendDeclaration(context(), reference, { once: 'two', ...all })
    await workOnDeclarations(context())
    await workOnDeclarations(context())
    const sender = senderTo(app, mailbox.url)
    await sender.sendDue()
    await workOnDeclarations(context())
    expect(mailbox.mails).to.have.length(3)
    const copies = await Copies.find().sort({ _id: 1 }).lean()
    expect(copies).to.have.length(4)
    expect(copies.map(({ state }) => state).toSorted()).to.deep.equal(['told', 'told', 'told', 'undelivered'])
    const [unreached] = copies.filter(({ state }) => state === 'undelivered')
    expect(unreached).to.deep.include({ undelivered: 'no-contact', customer: customers[2]?._id })
    // Evidence of each: what the mail server answered, and the trail.
    const [told] = copies.filter(({ state }) => state === 'told')
    const [mail] = await mailsAbout('declaration-copy', [told?._id ?? ''])
    expect(mail?.state).to.equal('accepted')
    const trail = (await historyOf('declaration-copy', told?._id ?? '')).map(({ event }) => event)
    expect(trail).to.deep.equal([
      'declaration-copy.told',
      'declaration-copy.queued',
      'declaration-copy.added',
    ])
  })

  it('tries again where nobody was reached, and only there', async () => {
    const world = await aWorld(app)
    const [customer, other] = await customersOf(app, world, [{ emails: [] }, {}])
    const reference = await signedOne()
    const customers = [customer?._id ?? '', other?._id ?? '']
    await sendDeclaration(context(), reference, { once: 'one', to: 'chosen', customers })
    const refused = await sendAgain(context(), reference, other?._id ?? '').catch(
      (error: Error) => error.message,
    )
    expect(refused).to.equal('declaration-copy-reached')
    await sendAgain(context(), reference, customer?._id ?? '')
    expect((await copiesOfCustomer(customer?._id ?? ''))[0]).to.deep.include({
      round: 1,
      state: 'undelivered',
    })
  })

  it('counts what a customer takes from its page, in the log and once', async () => {
    const world = await aWorld(app)
    const [customer] = await customersOf(app, world, [{}])
    if (!customer) throw new Error('no customer')
    const reference = await signedOne()
    const contact = customer.contacts[0]?.id ?? ''
    for (const wanted of ['da', 'en', 'da'] as const)
      await takeDeclaration(context(), customer, contact, { reference, wanted })
    await confirmDeclaration(context(), customer, contact, reference)
    await confirmDeclaration(context(), customer, contact, reference)
    const [shown] = await declarationsFor(customer)
    expect(shown?.copy).to.deep.include({ way: 'page', state: 'told', toldOn: '2026-11-23' })
    const events = (await historyOf('declaration-copy', shown?.copy?._id ?? '')).map(({ event }) => event)
    expect(events.filter((event) => event === 'declaration-copy.downloaded')).to.have.length(3)
    expect(events.filter((event) => event === 'declaration-copy.received')).to.have.length(1)
    const missing = takeDeclaration(context(), customer, contact, { reference, wanted: 'copy' })
    expect((await missing.catch((error: Error) => error)) instanceof Error).to.equal(true)
    expect(await signedDeclarations()).to.have.length(1)
  })

  it('is not begun before both have signed, and is for those who may conclude', async () => {
    await aWorld(app)
    const { agent: auditor } = await signedIn(app, 'auditor')
    const { agent: officer } = await signedIn(app, 'officer')
    await insertAudit(anAudit())
    expect((await officer.get('/audits/AU-2026/sending/new')).status).to.equal(409)
    expect((await officer.get('/audits/AU-2026/sending')).status).to.equal(404)
    expect((await auditor.get('/audits/AU-2026/sending/new')).status).to.equal(403)
  })

  it('is not frozen with a customer’s name in it, unless somebody has looked', async () => {
    const world = await aWorld(app)
    await customersOf(app, world, [{ name: 'Bakkeby Kommune' }])
    const { agent, person } = await signedIn(app, 'dpo', 'en')
    const conclusion = { da: 'Hos Bakkeby Kommune gik alt godt.', en: 'All went well.' }
    const review = anAudit().review && { ...anAudit().review!, decisions: [] }
    const { reference } = await testedAudit(app, person, { conclusion, review })
    const by = app.context({ kind: 'staff', id: person._id })
    const seen = (await auditOf(reference)).version
    const named = await freeze(by, reference, { seen, lookedAt: false }).catch((error: unknown) => error)
    expect(named).to.deep.include({ reason: 'declaration-names-customer' })
    const page = await submit(agent, `/audits/${reference}/review`, { seen }, `/audits/${reference}/freeze`)
    expect(page.status).to.equal(409)
    expect(page.text).to.include('Bakkeby Kommune').and.include('name="lookedAt"')
    const stale = await freeze(by, reference, { seen: seen - 1, lookedAt: true }).catch(
      (error: unknown) => error,
    )
    expect(stale).to.deep.include({ reason: 'changed-meanwhile' })
    expect((await freeze(by, reference, { seen, lookedAt: true })).state).to.equal('to-sign')
    expect((await visit(agent, `/audits/${reference}/sign`)).text).to.include(
      'Sign as data protection officer',
    )
    const once = await freeze(by, reference, { seen: seen + 1, lookedAt: true }).catch(
      (error: unknown) => error,
    )
    expect(once).to.deep.include({ reason: 'audit-not-open' })
  })
})
