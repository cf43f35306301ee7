import { expect } from 'chai'
import { mailsAbout } from '../../src/mail/actions.js'
import { announceAgain, registerDelivery, type Notice } from '../../src/notices/actions.js'
import { addContact, customerByReference } from '../../src/customers/actions.js'
import { useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

describe('A notice that does not arrive', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  beforeEach('two customers, one with two contacts', async () => {
    world = await buildWorld(house.officer(), [
      {
        name: 'To Kontakter A/S',
        contacts: [aContact('first@to.example'), aContact('second@to.example', { name: 'Bo Holm' })],
      },
      { name: 'En Kontakt A/S', contacts: [aContact('only@en.example')] },
      { name: 'Fin Post A/S', contacts: [aContact('dpo@fin.example')] },
    ])
  })

  async function announced(): Promise<void> {
    notice = await announce(house.officer(), anAddition(world))
    await house.work()
  }

  it('goes to the next contact at once when the first one’s server refuses it, with days of its own', async () => {
    house.mailbox.refuse('first@to.example', 550)
    await announced()
    expect(house.mailbox.mailsFor('first@to.example')).to.have.length(0)
    expect(house.mailbox.mailsFor('second@to.example')).to.have.length(1)
    await house.work()
    const part = await house.partOf(notice, world.customers[0]!)
    expect(part).to.include({
      state: 'running',
      contactIndex: 1,
      dayZero: '2026-11-23',
      lastDay: '2026-12-28',
    })
    const mails = await mailsAbout('recipient', [part._id])
    const [refusal, taken] = ['first@to.example', 'second@to.example'].map((address) =>
      mails.find(({ to }) => to.address === address),
    )
    expect([refusal?.state, taken?.state]).to.deep.equal(['bounced', 'accepted'])
    expect(refusal?.lastReply).to.include('550')
  })

  it('has not started any clock where nobody could be reached, and is a task until somebody is', async () => {
    house.mailbox.refuse('only@en.example', 550)
    await announced()
    const customer = world.customers[1]!
    expect(await house.partOf(notice, customer)).to.include({
      state: 'undelivered',
      undeliveredBecause: 'bounced',
      lastDay: null,
    })
    await house.goTo('2027-03-01')
    expect(await house.partOf(notice, customer), 'no silence counts without a notice').to.include({
      state: 'undelivered',
    })
    expect(await house.listOf(customer, '2027-03-01')).to.deep.equal(['Curanet A/S'])

    const { reference, version } = (await customerByReference(customer.reference))!
    await addContact(
      house.officer(),
      { reference, version },
      { contact: aContact('new@en.example', { name: 'Ny Kontakt' }), from: '2027-03-01' },
    )
    house.mailbox.recover()
    house.mailbox.refuse('only@en.example', 550)
    await announceAgain(house.officer(), `${notice._id}/${customer._id}`)
    await house.work()
    await house.work()
    expect(house.mailbox.mailsFor('new@en.example')).to.have.length(1)
    // Monday 1 March and thirty days: 31 March; with the day of slack 1 April is Maundy Thursday, so it waits for Easter to pass.
    expect(await house.partOf(notice, customer)).to.include({
      state: 'running',
      dayZero: '2027-03-01',
      lastDay: '2027-04-01',
    })
  })

  it('may be delivered by letter, with a file, and counts from then', async () => {
    house.mailbox.refuse('only@en.example', 550)
    await announced()
    const customer = world.customers[1]!
    await house.goTo('2026-11-25')
    const letter = { name: 'brev.pdf', bytes: Buffer.from('%PDF-1.7\n%âãÏÓ\nbrev\n%%EOF\n') }
    await registerDelivery(
      house.officer(),
      `${notice._id}/${customer._id}`,
      { channel: 'letter', at: new Date('2026-11-25T08:00:00Z') },
      letter,
    )
    await house.work()
    const part = await house.partOf(notice, customer)
    expect(part).to.include({ state: 'running', dayZero: '2026-11-25', lastDay: '2026-12-28' })
    expect(part.delivery).to.include({ channel: 'letter', registered: true })
  })

  it('is tried again where the server asks for patience, and counts from the day it was taken', async () => {
    house.mailbox.refuse('dpo@fin.example', 450)
    await announced()
    expect(await house.partOf(notice, world.customers[2]!)).to.include({ state: 'queued', lastDay: null })
    house.mailbox.recover()
    await house.goTo('2026-11-24')
    const part = await house.partOf(notice, world.customers[2]!)
    expect(part).to.include({
      state: 'running',
      dayZero: '2026-11-24',
      printedLastDay: '2026-12-28',
      lastDay: '2026-12-28',
    })
    expect(house.mailbox.mailsFor('dpo@fin.example')).to.have.length(1)
  })

  it('that a server puts off for two days is given up, and goes to the next contact', async () => {
    house.mailbox.refuse('first@to.example', 450)
    await announced()
    for (const moment of ['23T10:00', '23T16:00', '24T10:00', '24T22:00', '25T09:30', '25T12:00', '26T10:00'])
      await house.goTo(`2026-11-${moment}:00Z`)
    const part = await house.partOf(notice, world.customers[0]!)
    expect(part).to.include({ state: 'running', contactIndex: 1 })
    const [first, second] = await mailsAbout('recipient', [part._id])
    expect([first?.state, second?.state]).to.deep.equal(['given-up', 'accepted'])
    // It arrived too late for the day the first mail printed, and the second mail prints its own.
    expect(part.printedLastDay! >= '2026-12-28').to.equal(true)
    expect(part.lastDay! >= part.printedLastDay!).to.equal(true)
  })
})
