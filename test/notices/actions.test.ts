import { expect } from 'chai'
import { changeAgreement, endCustomer } from '../../src/customers/actions.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { listOn } from '../../src/register/actions.js'
import {
  confirmDeletion,
  confirmReceipt,
  confirmUse,
  draftNotice,
  holdForObjection,
  issueNotice,
  noticeByReference,
  noticeTasks,
  permit,
  recheckInstruction,
  recipientById,
  recipientsHeldPastTheirDays,
  recipientsPastTheirDays,
  registerApproval,
  releaseObjection,
  stateCounts,
  withdrawNotice,
  type Notice,
} from '../../src/notices/actions.js'
import { beginIssue, listRecipients } from '../../src/notices/actions/issue.js'
import { moveRecipient, recipientBatches } from '../../src/notices/records/recipients.js'
import { mayBePermitted, permitted as permitLines } from '../../src/notices/rules.js'
import { noticeTimers } from '../../src/notices/timers.js'
import { useApp } from '../support/app.js'
import { useMailbox } from '../support/mailbox.js'
import { aDraft, anIssued, aWorld, customersOf, officer, senderTo, type World } from './world.js'

describe('actions and timers of notices', () => {
  const tilsyn = useApp()
  const mailbox = useMailbox()
  const timer = { kind: 'timer' as const, id: 'test' }

  async function runTimers() {
    const done: Record<string, Record<string, number>> = {}
    for (const { name, run } of noticeTimers) done[name] = await run(tilsyn.context(timer))
    return done
  }

  /** All numbers a run reports, so that nothing done is all noughts. */
  async function workDone() {
    // What lists show is remade as often as something has moved; nothing is done by it.
    return Object.entries(await runTimers())
      .filter(([name]) => name !== 'notices.keep-list-up-to-date')
      .flatMap(([, counts]) => Object.values(counts))
      .reduce((sum, count) => sum + count, 0)
  }

  async function deliver(): Promise<void> {
    const sender = senderTo(tilsyn, mailbox.url)
    await sender.sendDue()
    await sender.stop()
    await runTimers()
  }

  async function permitDue(): Promise<number> {
    let count = 0
    for (const recipient of await recipientsPastTheirDays(tilsyn.today(), 100)) {
      const verdict = mayBePermitted(recipient, [], 0, tilsyn.today())
      if (verdict.yes && (await permit(tilsyn.context(timer), recipient, verdict))) count += 1
    }
    return count
  }

  async function names(customer: string, day: string): Promise<string[]> {
    return (await listOn(customer, day)).map(({ content }) => content.vendorName)
  }

  async function allOf(notice: Notice) {
    const all = []
    for await (const batch of recipientBatches(notice._id)) all.push(...batch)
    return all
  }

  /** One customer, told, its period over, the change permitted. */
  async function permitted(world: World, draft = aDraft(world.planned)) {
    const [customer] = await customersOf(tilsyn, world, [{}])
    if (!customer) throw new Error('no customer')
    const notice = await anIssued(tilsyn, draft)
    await deliver()
    tilsyn.moveTo('2026-12-29')
    await permitDue()
    return { customer, notice, id: `${notice._id}/${customer._id}`, line: notice.lines[0]?.id ?? '' }
  }

  it('issues once, however often it is asked at once', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}])
    const { reference, version } = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    const asked = await Promise.allSettled(
      Array.from({ length: 5 }, () => issueNotice(tilsyn.context(officer), { reference, version }, [])),
    )
    expect(asked.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    const notice = await noticeByReference(reference)
    const ids = (await allOf(notice)).map(({ _id }) => _id)
    expect(ids).to.have.length(2)
    expect(await mailsAbout('recipient', ids)).to.have.length(2)
  })

  it('finishes by timers what a crash left in the middle of issuing, three days later and with the same dates', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}, { contacts: [] }])
    const draft = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    await beginIssue(tilsyn.context(officer), { reference: draft.reference, version: draft.version }, [
      'otherChannel',
    ])
    expect((await noticeByReference(draft.reference)).state).to.equal('issuing')
    tilsyn.moveTo('2026-11-26')
    await runTimers()
    const notice = await noticeByReference(draft.reference)
    expect(notice.state).to.equal('issued')
    const all = await allOf(notice)
    expect(all.map(({ state, printedLastDay }) => `${state} ${printedLastDay}`).toSorted()).to.deep.equal([
      'queued 2026-12-28',
      'queued 2026-12-28',
      'undelivered 2026-12-28',
    ])
    expect(
      await mailsAbout(
        'recipient',
        all.map(({ _id }) => _id),
      ),
    ).to.have.length(2)
    expect(await workDone()).to.equal(0)
  })

  it('goes on where recipients were listed and no mail was queued', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}, {}])
    const draft = await draftNotice(tilsyn.context(officer), aDraft(world.planned))
    const { notice } = await beginIssue(
      tilsyn.context(officer),
      { reference: draft.reference, version: draft.version },
      [],
    )
    await listRecipients(notice)
    await listRecipients(notice)
    await Promise.all([runTimers(), runTimers()])
    const all = await allOf(notice)
    expect(
      await mailsAbout(
        'recipient',
        all.map(({ _id }) => _id),
      ),
    ).to.have.length(2)
    expect(await workDone()).to.equal(0)
  })

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

  it('warns of a draft whose latest day to send is near, and of one that is too late', async () => {
    const world = await aWorld(tilsyn)
    await customersOf(tilsyn, world, [{}])
    await draftNotice(tilsyn.context(), aDraft(world.planned, { plannedStart: '2026-12-29' }))
    const [near] = await noticeTasks(tilsyn.today())
    expect(near).to.include({ kind: 'notice-draft-send-by', severity: 'due', on: '2026-11-26' })
    const [late] = await noticeTasks('2026-12-05')
    expect(late).to.include({ severity: 'overdue', text: 'draft-too-late' })
  })
})
