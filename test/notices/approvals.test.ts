import { expect } from 'chai'
import { changeAgreement } from '../../src/customers/actions.js'
import { listOn } from '../../src/register/actions.js'
import {
  confirmUse,
  holdForObjection,
  noticeTasks,
  permit,
  recheckInstruction,
  recipientById,
  recipientsHeldPastTheirDays,
  recipientsPastTheirDays,
  registerApproval,
  releaseObjection,
} from '../../src/notices/actions.js'
import { moveRecipient } from '../../src/notices/records/recipients.js'
import { permitted as permitLines } from '../../src/notices/rules.js'
import { names, timer, useTimers } from './timers.js'
import { aDraft, anIssued, aWorld, customersOf, officer } from './world.js'

describe('actions and timers of notices', () => {
  const { tilsyn, mailbox, runTimers, workDone, deliver, permitDue, permitted } = useTimers()

  it('permits once', async () => {
    const world = await aWorld(tilsyn)
    const { customer } = await permitted(world)
    expect(await names(customer._id, '2026-12-29')).to.include('Nyborg Backup ApS')
    expect(await permitDue()).to.equal(0)
    expect(await workDone()).to.equal(0)
  })

  it('writes the approval that a crash left out right after the permit', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{}])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    const recipient = await recipientById(`${notice._id}/${customer?._id}`)
    if (!recipient) throw new Error('no recipient')
    tilsyn.moveTo('2026-12-29')
    const change = permitLines(recipient, [notice.lines[0]?.id ?? ''], '2026-12-29')
    await moveRecipient(recipient, change ?? {}, {
      at: tilsyn.now(),
      by: timer,
      event: 'recipient.permitted',
      facts: {},
    })
    expect(await names(customer?._id ?? '', '2026-12-29')).to.not.include('Nyborg Backup ApS')
    tilsyn.moveTo('2027-01-02')
    await runTimers()
    expect(await names(customer?._id ?? '', '2026-12-29')).to.include('Nyborg Backup ApS')
    expect(await workDone()).to.equal(0)
  })

  it('lets an objection and a permit at the same moment have one winner, and never an approval for the loser', async () => {
    const world = await aWorld(tilsyn)
    const customers = await customersOf(
      tilsyn,
      world,
      Array.from({ length: 8 }, () => ({})),
    )
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    tilsyn.moveTo('2026-12-29')
    const due = await recipientsPastTheirDays(tilsyn.today(), 100)
    const verdict = { lines: [notice.lines[0]?.id ?? ''], from: '2026-12-29' }
    await Promise.all(
      due.flatMap((recipient, at) => [
        holdForObjection(tilsyn.context(), recipient._id, `OB-2026-00${at}`),
        permit(tilsyn.context(timer), recipient, verdict),
      ]),
    )
    for (const customer of customers) {
      const recipient = await recipientById(`${notice._id}/${customer._id}`)
      expect(recipient?.held).to.equal(true)
      const won = recipient?.lines[0]?.permittedFrom !== null
      expect((await names(customer._id, '2026-12-29')).includes('Nyborg Backup ApS')).to.equal(won)
    }
  })

  it('holds back who objected, and says so to whoever asks what is past its day', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [{}])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    const id = `${notice._id}/${customer?._id}`
    await holdForObjection(tilsyn.context(), id, 'OB-2026-001')
    await holdForObjection(tilsyn.context(), id, 'OB-2026-001')
    tilsyn.moveTo('2026-12-30')
    expect(await permitDue()).to.equal(0)
    expect((await recipientsHeldPastTheirDays(tilsyn.today(), 10)).map(({ _id }) => _id)).to.deep.equal([id])
    await releaseObjection(tilsyn.context(), id, 'OB-2026-001', 'cleared')
    expect(await permitDue()).to.equal(1)
    expect((await recipientById(id))?.lines[0]?.permittedFrom).to.equal('2026-12-30')
  })

  it('takes the approval back from the day a customer is exempted after it was permitted', async () => {
    const world = await aWorld(tilsyn)
    const { customer, id } = await permitted(world)
    tilsyn.moveTo('2027-01-04')
    await holdForObjection(tilsyn.context(), id, 'OB-2027-001')
    await releaseObjection(tilsyn.context(), id, 'OB-2027-001', 'exempted')
    expect(await recipientById(id)).to.include({ state: 'exempted', endedBecause: 'objection', held: false })
    expect(await names(customer._id, '2027-01-03')).to.include('Nyborg Backup ApS')
    expect(await names(customer._id, '2027-01-04')).to.not.include('Nyborg Backup ApS')
  })

  it('confirms use only for those permitted by that day, and never without contract and due diligence', async () => {
    const world = await aWorld(tilsyn, { contract: null })
    const { notice, line } = await permitted(world)
    const refused = await confirmUse(tilsyn.context(), notice.reference, line, '2026-12-29').catch(
      (error: Error) => error,
    )
    expect(refused).to.have.property('reason', 'use-without-contract')
    expect((await noticeTasks(tilsyn.today())).map(({ kind }) => kind)).to.deep.equal(['notice-use-blocked'])
  })

  it('starts nobody before everybody where customers cannot be kept apart', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, { agreement: { notice: { length: 60, unit: 'days' } } }])
    const together = {
      goLive: 'together' as const,
      togetherBecause: { da: 'Fælles drift.', en: 'Shared operations.' },
    }
    const notice = await anIssued(tilsyn, aDraft(world.planned, together))
    await deliver()
    const line = notice.lines[0]?.id ?? ''
    tilsyn.moveTo('2027-01-05')
    expect(await permitDue()).to.equal(1)
    const early = await confirmUse(tilsyn.context(), notice.reference, line, '2027-01-05').catch(
      (error: Error) => error,
    )
    expect(early).to.have.property('reason', 'use-together-waits')
    tilsyn.moveTo('2027-02-05')
    expect(await permitDue()).to.equal(1)
    expect(await confirmUse(tilsyn.context(), notice.reference, line, '2027-02-05')).to.equal(2)
  })

  it('never permits by silence under specific authorisation, reminds, and permits once approved', async () => {
    const world = await aWorld(tilsyn)
    const [customer] = await customersOf(tilsyn, world, [
      { emails: ['svar@kunde.example'], agreement: { authorisation: 'specific' } },
    ])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    for (const day of ['2026-12-14', '2026-12-15', '2026-12-26', '2027-01-10']) {
      tilsyn.moveTo(day)
      await deliver()
      expect(await permitDue()).to.equal(0)
    }
    expect(mailbox.mailsFor('svar@kunde.example').map(({ subject }) => subject?.slice(0, 12))).to.deep.equal([
      'Vi beder om ',
      'Påmindelse: ',
      'Påmindelse: ',
    ])
    expect((await noticeTasks(tilsyn.today())).map(({ kind, severity }) => [kind, severity])).to.deep.equal([
      ['notice-approval-outstanding', 'overdue'],
    ])
    const input = {
      answer: 'approved' as const,
      lines: [],
      channel: 'letter' as const,
      at: tilsyn.now(),
      on: '2027-01-10',
      by: { name: 'Mette Krogh', title: 'Direktør' },
      waivesRest: false,
    }
    const id = `${notice._id}/${customer?._id}`
    const bare = await registerApproval(tilsyn.context(officer), id, input, undefined).catch(
      (error: Error) => error,
    )
    expect(bare).to.have.property('reason', 'file-missing')
    await registerApproval(tilsyn.context(officer), id, input, {
      name: 'svar.txt',
      bytes: Buffer.from('Vi godkender.'),
    })
    expect(await permitDue()).to.equal(1)
    const [, approved] = await listOn(customer?._id ?? '', '2027-01-10')
    expect(approved).to.include({ kind: 'approved', notice: notice.reference })
  })

  it('blocks only the customer whose instruction does not cover the transfer, until it does', async () => {
    const abroad = {
      accessCountries: ['US'],
      transfers: [{ country: 'US', basis: 'adequacy-dpf' as const, listingCheckedOn: '2026-11-01' }],
    }
    const world = await aWorld(tilsyn, abroad)
    const [narrow, wide] = await customersOf(tilsyn, world, [
      {},
      { agreement: { transferInstruction: { kind: 'any-valid', countries: [] } } },
    ])
    const notice = await anIssued(tilsyn, aDraft(world.planned))
    await deliver()
    tilsyn.moveTo('2026-12-29')
    expect(await permitDue()).to.equal(1)
    expect(await names(wide?._id ?? '', '2026-12-29')).to.include('Nyborg Backup ApS')
    const id = `${notice._id}/${narrow?._id}`
    expect(await recheckInstruction(tilsyn.context(), id).catch((error: Error) => error)).to.have.property(
      'reason',
      'instruction-still-missing',
    )
    await changeAgreement(
      tilsyn.context(),
      { reference: narrow?.reference ?? '', version: narrow?.version ?? 0 },
      {
        agreement: { ...narrow!.agreement, transferInstruction: { kind: 'any-valid', countries: [] } },
        from: '2026-12-29',
      },
    )
    await recheckInstruction(tilsyn.context(), id)
    expect(await permitDue()).to.equal(1)
  })
})
