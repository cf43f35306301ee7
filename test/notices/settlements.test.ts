import { expect } from 'chai'
import { endCustomer } from '../../src/customers/actions.js'
import {
  confirmDeletion,
  confirmUse,
  noticeByReference,
  noticeTasks,
  recipientById,
  stateCounts,
  withdrawNotice,
} from '../../src/notices/actions.js'
import { names, useTimers } from './timers.js'
import { aDraft, anIssued, aWorld, customersOf, officer } from './world.js'

describe('actions and timers of notices', () => {
  const { tilsyn, mailbox, runTimers, workDone, deliver, permitDue, permitted } = useTimers()

  it('keeps a replaced sub-processor on the list until its deletion is confirmed, and settles then', async () => {
    const world = await aWorld(tilsyn)
    const draft = aDraft(world.planned, {
      lines: [{ kind: 'replacement', engagement: world.planned.reference, replaces: world.old.reference }],
    })
    const { customer, notice, line } = await permitted(world, draft)
    const early = await confirmDeletion(tilsyn.context(), notice.reference, line, '2026-12-29').catch(
      (error: Error) => error,
    )
    expect(early).to.have.property('reason', 'successor-not-in-use')
    await confirmUse(tilsyn.context(), notice.reference, line, '2026-12-29')
    await runTimers()
    expect((await noticeByReference(notice.reference)).state).to.equal('issued')
    expect(await names(customer._id, '2026-12-29')).to.deep.equal(['Gammelby Drift ApS', 'Nyborg Backup ApS'])
    expect((await noticeTasks(tilsyn.today())).map(({ kind }) => kind)).to.deep.equal(['notice-deletion'])
    tilsyn.moveTo('2027-01-10')
    await confirmDeletion(tilsyn.context(), notice.reference, line, '2027-01-10')
    expect(await names(customer._id, '2027-01-09')).to.include('Gammelby Drift ApS')
    expect(await names(customer._id, '2027-01-10')).to.deep.equal(['Nyborg Backup ApS'])
    await runTimers()
    expect((await noticeByReference(notice.reference)).state).to.equal('settled')
  })

  it('informs of a removal, and takes it off the lists on the day staff confirms', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{}])
    const notice = await anIssued(
      tilsyn,
      aDraft(world.old, { lines: [{ kind: 'removal', engagement: world.old.reference, replaces: null }] }),
    )
    await deliver()
    expect(await recipientById(`${notice._id}/${customer?._id}`)).to.include({ state: 'told', lastDay: null })
    await confirmDeletion(tilsyn.context(), notice.reference, notice.lines[0]?.id ?? '', '2026-11-23')
    expect(await names(customer?._id ?? '', '2026-11-23')).to.deep.equal([])
    await runTimers()
    expect((await noticeByReference(notice.reference)).state).to.equal('settled')
  })

  it('withdraws: stops what has not left, tells who may have read it, and gives no approval', async () => {
    const world = await aWorld(tilsyn)
    const [told, late] = await customersOf(tilsyn, world, [
      { emails: ['told@kunde.example'] },
      { emails: ['late@kunde.example'] },
    ])
    mailbox.refuse('late@kunde.example', 450)
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    await withdrawNotice(tilsyn.context(officer), notice.reference, {
      da: 'Planen er ændret.',
      en: 'The plan has changed.',
    })
    mailbox.recover()
    tilsyn.moveTo('2026-11-24')
    await deliver()
    expect(mailbox.mailsFor('told@kunde.example').map(({ subject }) => subject)).to.have.length(2)
    expect(mailbox.mailsFor('told@kunde.example')[1]?.text)
      .to.include('I behøver ikke gøre noget.')
      .and.include('Planen er ændret.')
    expect(mailbox.mailsFor('late@kunde.example')).to.have.length(0)
    expect([...(await stateCounts([notice._id])).values()]).to.deep.equal([{ withdrawn: 2 }])
    tilsyn.moveTo('2027-01-10')
    expect(await permitDue()).to.equal(0)
    for (const customer of [told, late])
      expect(await names(customer?._id ?? '', '2027-01-10')).to.deep.equal(['Gammelby Drift ApS'])
    expect(await workDone()).to.equal(0)
  })

  it('does not withdraw what is in use', async () => {
    const world = await aWorld(tilsyn)
    const { notice, line } = await permitted(world)
    await confirmUse(tilsyn.context(), notice.reference, line, '2026-12-29')
    const refused = await withdrawNotice(tilsyn.context(), notice.reference, { da: 'Nej', en: 'No' }).catch(
      (error: Error) => error,
    )
    expect(refused).to.have.property('reason', 'notice-in-use')
  })

  it('waits for nothing from a customer that has left', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{}])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    await endCustomer(
      tilsyn.context(),
      { reference: customer?.reference ?? '', version: customer?.version ?? 0 },
      { on: '2026-11-23', because: 'Opsagt' },
    )
    await runTimers()
    expect(await recipientById(`${notice._id}/${customer?._id}`)).to.include({
      state: 'left',
      endedBecause: 'agreement-ended',
    })
    expect((await noticeByReference(notice.reference)).state).to.equal('settled')
  })
})
