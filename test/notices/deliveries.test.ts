import { expect } from 'chai'
import { confirmReceipt, noticeTasks, recipientById } from '../../src/notices/actions.js'
import { useTimers } from './timers.js'
import { aDraft, anIssued, aWorld, customersOf, senderTo } from './world.js'

describe('actions and timers of notices', () => {
  const { tilsyn, mailbox, runTimers, workDone, deliver } = useTimers()

  it('starts clocks from the time of acceptance, also when it hears of it three days late', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{}])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const sender = senderTo(tilsyn, mailbox.url)
    await sender.sendDue()
    await sender.stop()
    tilsyn.moveTo('2026-11-26')
    await runTimers()
    expect(await recipientById(`${notice._id}/${customer?._id}`)).to.include({
      dayZero: '2026-11-23',
      lastDay: '2026-12-28',
      state: 'running',
    })
    expect(await workDone()).to.equal(0)
  })

  it('sends one correction where a mail arrives later than its printed day allows', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{ emails: ['sen@kunde.example'] }])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    tilsyn.moveTo('2026-12-02')
    await deliver()
    const id = `${notice._id}/${customer?._id}`
    expect(await recipientById(id)).to.include({ printedLastDay: '2026-12-28', lastDay: '2027-01-04' })
    await deliver()
    await deliver()
    const subjects = mailbox.mailsFor('sen@kunde.example').map(({ subject }) => subject ?? '')
    expect(subjects).to.have.length(2)
    expect(subjects[1]).to.include('Rettelse: I har længere tid').and.include('mandag den 4. januar 2027')
    expect((await recipientById(id))?.correctionSentAt).to.be.instanceOf(Date)
  })

  it('tries the next contact after a bounce, and then waits as undelivered with a task', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{ emails: ['a@kunde.example', 'b@kunde.example'] }])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    mailbox.refuse('a@kunde.example', 550)
    mailbox.refuse('b@kunde.example', 550)
    const id = `${notice._id}/${customer?._id}`
    await deliver()
    expect(await recipientById(id)).to.include({ state: 'queued', contactIndex: 1 })
    await deliver()
    expect(await recipientById(id)).to.include({
      state: 'undelivered',
      undeliveredBecause: 'bounced',
      dayZero: null,
    })
    const tasks = await noticeTasks(tilsyn.today())
    expect(tasks.map(({ kind, severity }) => [kind, severity])).to.deep.equal([
      ['notice-undelivered', 'blocked'],
    ])
  })

  it('counts a mail that was kept in the house as delivered for sample customers only', async () => {
    const world = await aWorld(tilsyn)
    const [real, sample] = await customersOf(tilsyn, world, [{}, { sample: true }])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const sender = senderTo(tilsyn, undefined)
    await sender.sendDue()
    await sender.stop()
    await runTimers()
    expect(await recipientById(`${notice._id}/${real?._id}`)).to.include({
      state: 'undelivered',
      undeliveredBecause: 'kept',
    })
    expect(await recipientById(`${notice._id}/${sample?._id}`)).to.include({ state: 'running' })
  })

  it('notes a receipt once', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{}])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    const id = `${notice._id}/${customer?._id}`
    const contact = customer?.contacts[0]?.id ?? ''
    const first = await confirmReceipt(tilsyn.context(), id, contact)
    tilsyn.moveTo('2026-11-30')
    expect((await confirmReceipt(tilsyn.context(), id, contact)).receipt).to.deep.equal(first.receipt)
  })
})
