import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { Refused } from '../../src/base/errors.js'
import { instantAt, type Day } from '../../src/base/day.js'
import type { Customer } from '../../src/customers/rules.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { Mails } from '../../src/mail/records/mails.js'
import {
  confirmUse,
  recipientById,
  recipientsPastTheirDays,
  registerDelivery,
  withdrawNotice,
  type Notice,
} from '../../src/notices/actions.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import {
  assessObjection,
  confirmRemedy,
  objectionByReference,
  objectionsOfRecipient,
  proposeRemedyTo,
  raiseObjection,
  settleObjection,
  takeObjection,
  withdrawOwnObjection,
  writeFromCustomer,
  writeToCustomer,
  type Raising,
} from '../../src/objections/actions.js'
import { Objections } from '../../src/objections/records.js'
import { requirements, type Objection, type Outcome } from '../../src/objections/rules.js'
import { finishObjections, permitDueChanges } from '../../src/objections/timers.js'
import { listOn } from '../../src/register/actions.js'
import { useApp } from '../support/app.js'
import { signedIn } from '../support/people.js'
import { aDraft, anIssued, aWorld, customersOf } from '../notices/world.js'

const letter = { name: 'brev.txt', bytes: Buffer.from('Det er i orden med os.') }

describe('objections', () => {
  const tilsyn = useApp()
  const timer = () => tilsyn.context({ kind: 'timer', id: 'objections' })
  const staff = () => tilsyn.context({ kind: 'staff', id: officer })
  let officer: string
  let notice: Notice
  let customer: Customer
  let other: Customer
  let recipient: string

  // Issued on Tuesday 24 November 2026, delivered by letter that day: last day 28 December, use from the 29th.
  beforeEach(async () => {
    const world = await aWorld(tilsyn)
    officer = (await signedIn(tilsyn)).person._id
    const customers = await customersOf(tilsyn, world, [
      { name: 'Bakkeby Kommune', caseNumber: '26/1234' },
      { name: 'Sundby Skole' },
    ])
    customer = customers[0] as Customer
    other = customers[1] as Customer
    tilsyn.moveTo('2026-11-24T09:00:00Z')
    notice = await anIssued(tilsyn, aDraft(world.planned))
    tilsyn.moveTo('2026-11-24T10:00:00Z')
    for (const { _id } of customers)
      await registerDelivery(staff(), `${notice._id}/${_id}`, { channel: 'letter', at: tilsyn.now() }, letter)
    recipient = `${notice._id}/${customer._id}`
  })

  const fromPage = (changes: Partial<Raising> = {}): Raising => ({
    by: { kind: 'contact', id: customer.contacts[0]?.id ?? '', name: 'Mette Krogh' },
    channel: 'page',
    receivedAt: tilsyn.now(),
    receivedOn: tilsyn.today(),
    reasons: null,
    files: [],
    ...changes,
  })
  const contact = () => tilsyn.context({ kind: 'customer', id: customer.contacts[0]?.id ?? '' })
  const raise = async (changes: Partial<Raising> = {}): Promise<Objection> =>
    (await raiseObjection(contact(), recipient, fromPage(changes))).objection
  const assessed = async (changes: Partial<Raising> = {}): Promise<Objection> => {
    const { reference } = await raise(changes)
    return assessObjection(staff(), reference, {
      owner: officer,
      answerBy: '2026-12-10',
      assessment: 'Kan løses',
    })
  }
  const settle = (
    objection: Objection,
    outcome: Outcome,
    changes: Partial<Parameters<typeof settleObjection>[2]> = {},
  ) =>
    settleObjection(staff(), objection.reference, {
      outcome,
      note: 'Sådan gjorde vi',
      endsOn: null,
      files: requirements[outcome].confirmation ? [letter] : [],
      ...changes,
    })
  const approvedOn = async (id: string, day: Day) =>
    (await listOn(id, day)).map(({ content }) => content.vendorName).includes('Nyborg Backup ApS')
  const kinds = async (objection: Objection) =>
    (await mailsAbout('objection', [objection._id])).map(({ kind }) => kind).toSorted()
  const reasonOf = (acting: Promise<unknown>) =>
    acting.then(
      () => 'not refused',
      (error: unknown) => (error instanceof Refused ? error.reason : String(error)),
    )

  it('is taken, holds the customer, and is told to both sides', async () => {
    const objection = await raise({ reasons: 'Data må ikke forlade kommunen.' })
    expect(objection).to.include({
      reference: 'OB-2026-001',
      timely: true,
      state: 'received',
      blocking: true,
      unfinished: null,
    })
    expect(await recipientById(recipient)).to.deep.include({ held: true, openObjections: ['OB-2026-001'] })
    expect(await kinds(objection)).to.deep.equal(['objection-alert', 'objection-receipt'])
    const [receipt] = (await mailsAbout('objection', [objection._id])).filter(
      ({ kind }) => kind === 'objection-receipt',
    )
    expect(receipt?.subject).to.equal(
      'Jeres sag 26/1234: Vi har modtaget jeres indsigelse OB-2026-001 [CN-2026-001]',
    )
    const events = (await historyOf('objection', objection._id)).map(({ event, personal }) => [
      event,
      personal?.['reasons'],
    ])
    expect(events).to.deep.equal([['objection.raised', 'Data må ikke forlade kommunen.']])
  })

  it('two tabs and a double click make one objection; what the second one adds is kept', async () => {
    const [first, second] = await Promise.all([raise({ reasons: 'Nej tak' }), raise({ reasons: 'Nej tak' })])
    const third = await raise({ reasons: 'Og heller ikke senere' })
    expect(new Set([first.reference, second.reference, third.reference]).size).to.equal(1)
    expect(third.messages.map(({ text }) => text)).to.deep.equal(['Og heller ikke senere'])
    expect(await objectionsOfRecipient(recipient)).to.have.length(1)
    expect((await kinds(first)).filter((kind) => kind === 'objection-receipt')).to.have.length(1)
  })

  it('a form of staff sent twice registers one objection, with the time it came and its file', async () => {
    const raising = fromPage({
      by: { kind: 'staff', id: officer, name: 'Mette Krogh' },
      channel: 'letter',
      receivedAt: instantAt('2026-11-25', '12:00', 'Europe/Copenhagen'),
      receivedOn: '2026-11-25',
      files: [letter],
      once: 'form-1',
    })
    tilsyn.moveTo('2026-11-27')
    const first = await raiseObjection(staff(), recipient, raising)
    const second = await raiseObjection(staff(), recipient, raising)
    expect([first.again, second.again]).to.deep.equal([false, true])
    expect(second.objection).to.include({
      reference: first.objection.reference,
      receivedOn: '2026-11-25',
      channel: 'letter',
    })
    expect(second.objection.files).to.have.length(1)
  })

  it('while it is open nothing is permitted for that customer, and everything for the other', async () => {
    const objection = await raise()
    tilsyn.moveTo('2026-12-29')
    expect(await permitDueChanges(timer())).to.deep.equal({ permitted: 1, blocked: 1 })
    expect(await approvedOn(customer._id, '2026-12-29')).to.equal(false)
    expect(await approvedOn(other._id, '2026-12-29')).to.equal(true)
    expect((await mailsAbout('recipient', [recipient])).map(({ kind }) => kind)).to.include('change-blocked')
    expect(await permitDueChanges(timer()), 'a second run').to.deep.equal({ permitted: 0, blocked: 0 })
    expect(objection.blocking).to.equal(true)
  })

  it('three days late the timer permits from the same day', async () => {
    tilsyn.moveTo('2027-01-01')
    await permitDueChanges(timer())
    expect((await recipientById(recipient))?.lines[0]?.permittedFrom).to.equal('2026-12-29')
    expect(await approvedOn(customer._id, '2026-12-28')).to.equal(false)
    expect(await approvedOn(customer._id, '2026-12-29')).to.equal(true)
  })

  it('of an objection and a permit at the same moment one wins and the other sees it', async () => {
    tilsyn.moveTo('2026-12-29')
    const [objection] = await Promise.all([raise(), permitDueChanges(timer())])
    const after = await recipientById(recipient)
    const permitted = after?.lines[0]?.permittedFrom != null
    expect(after?.openObjections).to.deep.equal([objection.reference])
    expect((await objectionByReference(objection.reference))?.metPermission).to.equal(permitted)
    expect(await approvedOn(customer._id, '2026-12-29')).to.equal(permitted)
    // Permitted or not, it is not used for this customer.
    await confirmUse(staff(), notice.reference, notice.lines[0]?.id ?? '', '2026-12-29').catch(() => 0)
    expect((await recipientById(recipient))?.lines[0]?.inUseSince).to.equal(null)
  })

  it('one that comes after permission stops the use, and says that it met a permission', async () => {
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(timer())
    tilsyn.moveTo('2027-01-05')
    const objection = await raise()
    expect(objection).to.include({ timely: true, metPermission: true, useHadBegun: false })
    await confirmUse(staff(), notice.reference, notice.lines[0]?.id ?? '', '2027-01-05')
    expect((await recipientById(recipient))?.state).to.equal('permitted')
    expect((await recipientById(`${notice._id}/${other._id}`))?.state).to.equal('in-use')
  })

  it('one that comes after use began is taken, marked late, and staff is told to act', async () => {
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(timer())
    await confirmUse(staff(), notice.reference, notice.lines[0]?.id ?? '', '2026-12-29')
    tilsyn.moveTo('2026-12-30')
    const objection = await raise()
    expect(objection).to.include({ timely: false, useHadBegun: true })
    const [alert] = (await mailsAbout('objection', [objection._id])).filter(
      ({ kind }) => kind === 'objection-alert',
    )
    expect(alert?.subject).to.contain('Bakkeby Kommune')
    const taken = await takeObjection(staff(), objection.reference, officer)
    const again = await assessObjection(staff(), taken.reference, {
      owner: officer,
      answerBy: '2027-01-06',
      assessment: 'Stands',
    })
    await settle(again, 'customer-exempted')
    expect((await recipientById(recipient))?.state).to.equal('exempted')
    expect(await approvedOn(customer._id, '2026-12-29'), 'it was used that day').to.equal(true)
    expect(await approvedOn(customer._id, '2026-12-30')).to.equal(false)
  })

  describe('settled', () => {
    const cases: [Outcome, Partial<Parameters<typeof settleObjection>[2]>, string, boolean][] = [
      ['withdrawn-by-customer', {}, 'running', false],
      ['remedied', { files: [letter] }, 'running', false],
      ['customer-exempted', {}, 'exempted', false],
      ['change-dropped', {}, 'withdrawn', false],
      ['termination-offered', {}, 'running', true],
      ['agreement-ended', { endsOn: '2026-11-23' }, 'left', false],
    ]
    for (const [outcome, changes, state, blocking] of cases)
      it(`${outcome}: the customer is then ${state}${blocking ? ' and held' : ''}`, async () => {
        const settled = await settle(await assessed(), outcome, changes)
        expect(settled).to.include({ state: 'settled', outcome, blocking, unfinished: null })
        expect(await recipientById(recipient)).to.include({ state, held: blocking })
        expect(await kinds(settled)).to.deep.equal([
          'objection-alert',
          'objection-outcome',
          'objection-receipt',
        ])
        tilsyn.moveTo('2026-12-29')
        await permitDueChanges(timer())
        const goesOn = ['withdrawn-by-customer', 'remedied'].includes(outcome)
        expect(await approvedOn(customer._id, '2026-12-29')).to.equal(goesOn)
      })

    it('after its days, it is permitted from the day it was settled, not before', async () => {
      const objection = await assessed()
      tilsyn.moveTo('2027-01-11')
      await permitDueChanges(timer())
      await settle(objection, 'remedied', { files: [letter] })
      await permitDueChanges(timer())
      expect((await recipientById(recipient))?.lines[0]?.permittedFrom).to.equal('2027-01-11')
    })

    it('with an agreement that ends later, the customer is held through its last day', async () => {
      const objection = await assessed()
      await settle(objection, 'agreement-ended', { endsOn: '2027-01-31' })
      expect(await recipientById(recipient)).to.include({ state: 'running', held: true })
      tilsyn.moveTo('2027-01-31')
      await permitDueChanges(timer())
      await finishObjections(timer())
      expect(await recipientById(recipient)).to.include({ state: 'running', held: true })
      tilsyn.moveTo('2027-02-04')
      expect(await finishObjections(timer())).to.deep.equal({ finished: 1, moot: 0 })
      expect(await recipientById(recipient)).to.include({ state: 'left', held: false, endedOn: '2027-02-01' })
      expect(await objectionByReference(objection.reference)).to.include({ blocking: false })
      expect(await finishObjections(timer()), 'a second run').to.deep.equal({ finished: 0, moot: 0 })
    })

    it('an offered termination is followed by what the customer then did', async () => {
      const offered = await settle(await assessed(), 'termination-offered')
      const ended = await settle(offered, 'withdrawn-by-customer', { note: 'Trukket tilbage pr. brev' })
      expect(ended).to.include({ outcome: 'withdrawn-by-customer', blocking: false })
      expect(await recipientById(recipient)).to.include({ held: false })
    })

    it('two people who settle it at once: one is refused', async () => {
      const objection = await assessed()
      const results = await Promise.all([
        reasonOf(settle(objection, 'change-dropped')),
        reasonOf(settle(objection, 'customer-exempted')),
      ])
      expect(results.filter((result) => result === 'not refused')).to.have.length(1)
      expect(['changed-meanwhile', 'objection-settled']).to.include(
        results.find((result) => result !== 'not refused'),
      )
    })

    it('nothing is settled before it is assessed, and nothing twice', async () => {
      const objection = await raise()
      expect(await reasonOf(settle(objection, 'change-dropped'))).to.equal('objection-not-assessed')
      const done = await settle(objection, 'withdrawn-by-customer')
      expect(await reasonOf(settle(done, 'withdrawn-by-customer'))).to.equal('objection-settled')
    })
  })

  it('the customer withdraws its own objection, twice without harm, and may object again', async () => {
    const objection = await raise()
    const words = { code: 'code1', contact: 'c1', by: { name: 'Mette Krogh', title: 'Jurist' } }
    const withdrawn = await withdrawOwnObjection(contact(), objection.reference, words)
    expect(withdrawn.confirmation).to.deep.equal({ kind: 'code', ...words })
    await withdrawOwnObjection(contact(), objection.reference, words)
    expect(await kinds(objection)).to.include('objection-withdrew')
    expect(await recipientById(recipient)).to.include({ held: false })
    const second = await raise()
    expect(second.reference).to.equal('OB-2026-002')
  })

  it('messages reach the other side', async () => {
    const objection = await assessed()
    await writeToCustomer(staff(), objection, {
      by: { id: officer, name: 'Anders' },
      direction: 'to-customer',
      text: 'Er det nok?',
    })
    await writeToCustomer(staff(), objection, {
      by: { id: officer, name: 'Anders' },
      direction: 'internal',
      text: 'Husk juristen',
    })
    const said = {
      by: { id: customer.contacts[0]?.id ?? '', name: 'Mette Krogh' },
      text: 'Ja, det er nok.',
      once: 'm1',
    }
    await writeFromCustomer(contact(), objection, said)
    const told = await writeFromCustomer(contact(), objection, said)
    const written = (await objectionByReference(objection.reference)) as Objection
    expect(written.messages.map(({ direction }) => direction)).to.deep.equal([
      'to-customer',
      'internal',
      'from-customer',
    ])
    expect(told.reference).to.equal(objection.reference)
    expect(await kinds(written)).to.include.members(['objection-message', 'objection-wrote'])
  })

  it('a remedy is put to the customer, which confirms that one and no other', async () => {
    const objection = await assessed()
    const propose = (text: string) =>
      proposeRemedyTo(staff(), objection.reference, { by: { id: officer, name: 'Anders' }, text })
    const first = await propose('Kun to har adgang.')
    const second = await propose('Ingen har adgang.')
    expect(await kinds(second)).to.include('objection-remedy')
    const words = { code: 'code2', contact: 'c1', by: { name: 'Mette Krogh', title: 'Jurist' } }
    const confirm = (remedy: string | undefined) =>
      confirmRemedy(contact(), objection.reference, remedy ?? '', words)
    expect(await reasonOf(confirm(first.remedy?.id))).to.equal('remedy-changed')
    const done = await confirm(second.remedy?.id)
    expect(done).to.deep.include({ outcome: 'remedied', outcomeNote: 'Ingen har adgang.', blocking: false })
    expect(done.confirmation).to.deep.equal({ kind: 'code', ...words })
    expect((await confirm(second.remedy?.id)).version, 'a second click').to.equal(done.version)
    expect(await kinds(done)).to.include('objection-confirmed')
  })

  it('what staff writes down as remedied or withdrawn needs the customer’s own words as a file', async () => {
    const objection = await assessed()
    for (const outcome of ['remedied', 'withdrawn-by-customer'] as const)
      expect(await reasonOf(settle(objection, outcome, { files: [] }))).to.equal('confirmation-missing')
    const settled = await settle(objection, 'remedied')
    expect(settled.confirmation).to.deep.equal({ kind: 'file', file: settled.outcomeFiles[0] })
  })

  it('one whose notice is withdrawn ends by itself, and the customer is told', async () => {
    const objection = await raise()
    await withdrawNotice(staff(), notice.reference, { da: 'Ikke længere', en: 'No longer' })
    expect(await finishObjections(timer())).to.deep.equal({ finished: 0, moot: 1 })
    expect(await objectionByReference(objection.reference)).to.include({
      outcome: 'change-dropped',
      blocking: false,
    })
    expect(await finishObjections(timer()), 'a second run').to.deep.equal({ finished: 0, moot: 0 })
    expect(await reasonOf(raiseObjection(contact(), recipient, fromPage()))).to.equal('notice-withdrawn')
  })

  it('what a crash left undone is done by the timer, once', async () => {
    const objection = await raise()
    await Mails.deleteMany({ 'about.kind': 'objection' })
    await Recipients.updateOne({ _id: recipient }, { $set: { openObjections: [], held: false } })
    await Objections.updateOne(
      { _id: objection._id },
      { $set: { unfinished: { step: 'raised', from: tilsyn.today() } } },
    )

    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(timer())
    expect(await approvedOn(customer._id, '2026-12-29'), 'the timer sees the objection itself').to.equal(
      false,
    )
    await finishObjections(timer())
    await finishObjections(timer())
    expect(await recipientById(recipient)).to.deep.include({ openObjections: [objection.reference] })
    expect(await kinds(objection)).to.deep.equal(['objection-alert', 'objection-receipt'])
    expect(await recipientsPastTheirDays(tilsyn.today(), 10)).to.deep.equal([])
  })
})
