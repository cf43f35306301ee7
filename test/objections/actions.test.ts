import { expect } from 'chai'
import { historyOf } from '../../src/audit-log/actions.js'
import { instantAt } from '../../src/base/day.js'
import { mailsAbout } from '../../src/mail/actions.js'
import { confirmUse, recipientById } from '../../src/notices/actions.js'
import {
  assessObjection,
  objectionByReference,
  objectionsOfRecipient,
  raiseObjection,
  takeObjection,
} from '../../src/objections/actions.js'
import { permitDueChanges } from '../../src/objections/timers.js'
import { raisedObjections, letter } from './raised.js'

describe('objections', () => {
  const here = raisedObjections()
  const { tilsyn, timer, staff, fromPage, raise, settle, approvedOn, kinds } = here

  it('is taken, holds the customer, and is told to both sides', async () => {
    const objection = await raise({ reasons: 'Data må ikke forlade kommunen.' })
    expect(objection).to.include({
      reference: 'OB-2026-001',
      timely: true,
      state: 'received',
      blocking: true,
      unfinished: null,
    })
    expect(await recipientById(here.recipient)).to.deep.include({
      held: true,
      openObjections: ['OB-2026-001'],
    })
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
    expect(await objectionsOfRecipient(here.recipient)).to.have.length(1)
    expect((await kinds(first)).filter((kind) => kind === 'objection-receipt')).to.have.length(1)
  })

  it('a form of staff sent twice registers one objection, with the time it came and its file', async () => {
    const raising = fromPage({
      by: { kind: 'staff', id: here.officer, name: 'Mette Krogh' },
      channel: 'letter',
      receivedAt: instantAt('2026-11-25', '12:00', 'Europe/Copenhagen'),
      receivedOn: '2026-11-25',
      files: [letter],
      once: 'form-1',
    })
    tilsyn.moveTo('2026-11-27')
    const first = await raiseObjection(staff(), here.recipient, raising)
    const second = await raiseObjection(staff(), here.recipient, raising)
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
    expect(await approvedOn(here.customer._id, '2026-12-29')).to.equal(false)
    expect(await approvedOn(here.other._id, '2026-12-29')).to.equal(true)
    expect((await mailsAbout('recipient', [here.recipient])).map(({ kind }) => kind)).to.include(
      'change-blocked',
    )
    expect(await permitDueChanges(timer()), 'a second run').to.deep.equal({ permitted: 0, blocked: 0 })
    expect(objection.blocking).to.equal(true)
  })

  it('three days late the timer permits from the same day', async () => {
    tilsyn.moveTo('2027-01-01')
    await permitDueChanges(timer())
    expect((await recipientById(here.recipient))?.lines[0]?.permittedFrom).to.equal('2026-12-29')
    expect(await approvedOn(here.customer._id, '2026-12-28')).to.equal(false)
    expect(await approvedOn(here.customer._id, '2026-12-29')).to.equal(true)
  })

  it('of an objection and a permit at the same moment one wins and the other sees it', async () => {
    tilsyn.moveTo('2026-12-29')
    const [objection] = await Promise.all([raise(), permitDueChanges(timer())])
    const after = await recipientById(here.recipient)
    const permitted = after?.lines[0]?.permittedFrom != null
    expect(after?.openObjections).to.deep.equal([objection.reference])
    expect((await objectionByReference(objection.reference))?.metPermission).to.equal(permitted)
    expect(await approvedOn(here.customer._id, '2026-12-29')).to.equal(permitted)
    // Permitted or not, it is not used for this customer.
    await confirmUse(staff(), here.notice.reference, here.notice.lines[0]?.id ?? '', '2026-12-29').catch(
      () => 0,
    )
    expect((await recipientById(here.recipient))?.lines[0]?.inUseSince).to.equal(null)
  })

  it('one that comes after permission stops the use, and says that it met a permission', async () => {
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(timer())
    tilsyn.moveTo('2027-01-05')
    const objection = await raise()
    expect(objection).to.include({ timely: true, metPermission: true, useHadBegun: false })
    await confirmUse(staff(), here.notice.reference, here.notice.lines[0]?.id ?? '', '2027-01-05')
    expect((await recipientById(here.recipient))?.state).to.equal('permitted')
    expect((await recipientById(`${here.notice._id}/${here.other._id}`))?.state).to.equal('in-use')
  })

  it('one that comes after use began is taken, marked late, and staff is told to act', async () => {
    tilsyn.moveTo('2026-12-29')
    await permitDueChanges(timer())
    await confirmUse(staff(), here.notice.reference, here.notice.lines[0]?.id ?? '', '2026-12-29')
    tilsyn.moveTo('2026-12-30')
    const objection = await raise()
    expect(objection).to.include({ timely: false, useHadBegun: true })
    const [alert] = (await mailsAbout('objection', [objection._id])).filter(
      ({ kind }) => kind === 'objection-alert',
    )
    expect(alert?.subject).to.contain('Bakkeby Kommune')
    const taken = await takeObjection(staff(), objection.reference, here.officer)
    const again = await assessObjection(staff(), taken.reference, {
      owner: here.officer,
      answerBy: '2027-01-06',
      assessment: 'Stands',
    })
    await settle(again, 'customer-exempted')
    expect((await recipientById(here.recipient))?.state).to.equal('exempted')
    expect(await approvedOn(here.customer._id, '2026-12-29'), 'it was used that day').to.equal(true)
    expect(await approvedOn(here.customer._id, '2026-12-30')).to.equal(false)
  })
})
