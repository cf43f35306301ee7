import { expect } from 'chai'
import { Refused } from '../../src/base/errors.js'
import { Mails } from '../../src/mail/records/mails.js'
import { recipientById, recipientsPastTheirDays, withdrawNotice } from '../../src/notices/actions.js'
import { Recipients } from '../../src/notices/records/recipients.js'
import {
  assessObjection,
  confirmRemedy,
  objectionByReference,
  proposeRemedyTo,
  raiseObjection,
  settleObjection,
  withdrawOwnObjection,
  writeFromCustomer,
  writeToCustomer,
  type Raising,
} from '../../src/objections/actions.js'
import { Objections } from '../../src/objections/records.js'
import type { Objection, Outcome } from '../../src/objections/rules.js'
import { finishObjections, permitDueChanges } from '../../src/objections/timers.js'
import { raisedObjections, letter } from './raised.js'

describe('an objection, settled and talked about', () => {
  const here = raisedObjections()
  const { tilsyn, timer, staff, fromPage, contact, raise, settle, approvedOn, kinds } = here

  const assessed = async (changes: Partial<Raising> = {}): Promise<Objection> => {
    const { reference } = await raise(changes)
    return assessObjection(staff(), reference, {
      owner: here.officer,
      answerBy: '2026-12-10',
      assessment: 'Kan løses',
    })
  }
  const reasonOf = (acting: Promise<unknown>) =>
    acting.then(
      () => 'not refused',
      (error: unknown) => (error instanceof Refused ? error.reason : String(error)),
    )

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
        expect(await recipientById(here.recipient)).to.include({ state, held: blocking })
        expect(await kinds(settled)).to.deep.equal([
          'objection-alert',
          'objection-outcome',
          'objection-receipt',
        ])
        tilsyn.moveTo('2026-12-29')
        await permitDueChanges(timer())
        const goesOn = ['withdrawn-by-customer', 'remedied'].includes(outcome)
        expect(await approvedOn(here.customer._id, '2026-12-29')).to.equal(goesOn)
      })

    it('after its days, it is permitted from the day it was settled, not before', async () => {
      const objection = await assessed()
      tilsyn.moveTo('2027-01-11')
      await permitDueChanges(timer())
      await settle(objection, 'remedied', { files: [letter] })
      await permitDueChanges(timer())
      expect((await recipientById(here.recipient))?.lines[0]?.permittedFrom).to.equal('2027-01-11')
    })

    it('with an agreement that ends later, the customer is held through its last day', async () => {
      const objection = await assessed()
      await settle(objection, 'agreement-ended', { endsOn: '2027-01-31' })
      expect(await recipientById(here.recipient)).to.include({ state: 'running', held: true })
      tilsyn.moveTo('2027-01-31')
      await permitDueChanges(timer())
      await finishObjections(timer())
      expect(await recipientById(here.recipient)).to.include({ state: 'running', held: true })
      tilsyn.moveTo('2027-02-04')
      expect(await finishObjections(timer())).to.deep.equal({ finished: 1, moot: 0 })
      expect(await recipientById(here.recipient)).to.include({
        state: 'left',
        held: false,
        endedOn: '2027-02-01',
      })
      expect(await objectionByReference(objection.reference)).to.include({ blocking: false })
      expect(await finishObjections(timer()), 'a second run').to.deep.equal({ finished: 0, moot: 0 })
    })

    it('an offered termination is followed by what the customer then did', async () => {
      const offered = await settle(await assessed(), 'termination-offered')
      const ended = await settle(offered, 'withdrawn-by-customer', { note: 'Trukket tilbage pr. brev' })
      expect(ended).to.include({ outcome: 'withdrawn-by-customer', blocking: false })
      expect(await recipientById(here.recipient)).to.include({ held: false })
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
    expect(await recipientById(here.recipient)).to.include({ held: false })
    const second = await raise()
    expect(second.reference).to.equal('OB-2026-002')
  })

  it('messages reach the other side', async () => {
    const objection = await assessed()
    await writeToCustomer(staff(), objection, {
      by: { id: here.officer, name: 'Anders' },
      direction: 'to-customer',
      text: 'Er det nok?',
    })
    await writeToCustomer(staff(), objection, {
      by: { id: here.officer, name: 'Anders' },
      direction: 'internal',
      text: 'Husk juristen',
    })
    const said = {
      by: { id: here.customer.contacts[0]?.id ?? '', name: 'Mette Krogh' },
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
      proposeRemedyTo(staff(), objection.reference, { by: { id: here.officer, name: 'Anders' }, text })
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
    await withdrawNotice(staff(), here.notice.reference, { da: 'Ikke længere', en: 'No longer' })
    expect(await finishObjections(timer())).to.deep.equal({ finished: 0, moot: 1 })
    expect(await objectionByReference(objection.reference)).to.include({
      outcome: 'change-dropped',
      blocking: false,
    })
    expect(await finishObjections(timer()), 'a second run').to.deep.equal({ finished: 0, moot: 0 })
    expect(await reasonOf(raiseObjection(contact(), here.recipient, fromPage()))).to.equal('notice-withdrawn')
  })

  it('what a crash left undone is done by the timer, once', async () => {
    const objection = await raise()
    await Mails.deleteMany({ 'about.kind': 'objection' })
    await Recipients.updateOne({ _id: here.recipient }, { $set: { openObjections: [], held: false } })
    await Objections.updateOne(
      { _id: objection._id },
      { $set: { unfinished: { step: 'raised', from: tilsyn.today() } } },
    )

    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(timer())
    expect(await approvedOn(here.customer._id, '2026-12-29'), 'the timer sees the objection itself').to.equal(
      false,
    )
    await finishObjections(timer())
    await finishObjections(timer())
    expect(await recipientById(here.recipient)).to.deep.include({ openObjections: [objection.reference] })
    expect(await kinds(objection)).to.deep.equal(['objection-alert', 'objection-receipt'])
    expect(await recipientsPastTheirDays(tilsyn.today(), 10)).to.deep.equal([])
  })
})
