import { expect } from 'chai'
import { confirmUse, noticeByReference, withdrawNotice, type Notice } from '../../src/notices/actions.js'
import { objectionsOfRecipient, raiseObjection } from '../../src/objections/actions.js'
import { visit } from '../support/visit.js'
import { refused, useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

const because = { da: 'Leverandøren trak sit tilbud tilbage.', en: 'The supplier withdrew its offer.' }

describe('A notice that is withdrawn', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  beforeEach('announce on Monday 23 November 2026', async () => {
    world = await buildWorld(house.officer(), [
      { name: 'Dansk Kunde A/S', contacts: [aContact('dpo@dansk.example')] },
      { name: 'English Customer Ltd', contacts: [aContact('dpo@english.example', { locale: 'en' })] },
      { name: 'Uden Post A/S', contacts: [aContact('dpo@uden.example')] },
    ])
    house.mailbox.refuse('dpo@uden.example', 450)
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
  })

  it('tells every customer that may have read it, each in its language, and stops what has not left', async () => {
    await house.goTo('2026-11-23T09:00:30Z')
    await withdrawNotice(house.officer(), notice.reference, because)
    house.mailbox.recover()
    await house.goTo('2026-11-24')
    const told = (address: string) => house.mailbox.mailsFor(address).map(({ text }) => text ?? '')
    expect(told('dpo@dansk.example')).to.have.length(2)
    expect(told('dpo@dansk.example')[1]).to.include(because.da).and.to.include(notice.reference)
    expect(told('dpo@english.example')[1]).to.include(because.en)
    expect(told('dpo@uden.example'), 'what never left is not followed by a withdrawal').to.have.length(0)
  })

  it('permits nothing any more, and ends what had been permitted', async () => {
    house.mailbox.recover()
    await house.goTo('2027-01-04')
    expect((await house.partOf(notice, world.customers[0]!)).state).to.equal('permitted')
    expect(await house.listOf(world.customers[0]!, '2027-01-04')).to.deep.equal([
      'Curanet A/S',
      'Sikkerkopi ApS',
    ])
    await house.goTo('2027-01-05')
    await withdrawNotice(house.officer(), notice.reference, because)
    await house.goTo('2027-06-01')
    for (const customer of world.customers) {
      expect((await house.partOf(notice, customer)).state).to.equal('withdrawn')
      expect(await house.listOf(customer, '2027-06-01')).to.deep.equal(['Curanet A/S'])
    }
    expect(
      await house.listOf(world.customers[0]!, '2027-01-04'),
      'the past stays what it was',
    ).to.have.length(2)
    expect((await noticeByReference(notice.reference)).withdrawal).to.deep.equal({
      on: '2027-01-05',
      because,
      finished: true,
    })
  })

  it('closes open objections, and the customer’s page says what happened', async () => {
    house.mailbox.recover()
    const part = `${notice._id}/${world.customers[0]!._id}`
    await raiseObjection(house.officer(), part, {
      by: { kind: 'staff', id: 'officer', name: 'Bente Dam' },
      channel: 'phone',
      receivedAt: house.now(),
      receivedOn: house.today(),
      reasons: null,
      files: [],
    })
    await withdrawNotice(house.officer(), notice.reference, because)
    await house.work()
    expect((await objectionsOfRecipient(part))[0]).to.include({
      state: 'settled',
      outcome: 'change-dropped',
      blocking: false,
    })
    const { agent, page } = await house.open('dpo@dansk.example')
    expect((await visit(agent, `${page}/notices/${notice.reference}`)).text).to.include(because.da)
  })

  it('cannot be withdrawn once it is in use', async () => {
    house.mailbox.recover()
    await house.goTo('2027-02-01')
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-02-01')
    await refused(withdrawNotice(house.officer(), notice.reference, because), 'notice-in-use')
  })
})
