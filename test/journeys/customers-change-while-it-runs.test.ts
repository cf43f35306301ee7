import { expect } from 'chai'
import {
  addCustomers,
  buyService,
  changeContact,
  customerByReference,
  endService,
} from '../../src/customers/actions.js'
import { ordinaryAgreement } from '../../src/customers/rules.js'
import { confirmUse, type Notice } from '../../src/notices/actions.js'
import { createService } from '../../src/register/actions.js'
import { linkIn, useJourney } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

describe('Customers that change while a notice runs', function () {
  this.timeout(120_000)
  const house = useJourney()
  let world: World
  let notice: Notice

  beforeEach('a notice to two customers', async () => {
    world = await buildWorld(house.officer(), [
      { name: 'Bakkeby Kommune', contacts: [aContact('dpo@bakkeby.example')] },
      { name: 'Elmely A/S', contacts: [aContact('dpo@elmely.example')], agreement: { commonList: false } },
    ])
    notice = await announce(house.officer(), anAddition(world, { plannedStart: '2027-01-04' }))
    await house.work()
  })

  async function newcomer(services: string[]) {
    const [customer] = await addCustomers(house.officer(), [
      {
        name: 'Ny Kunde ApS',
        isProcessor: false,
        from: house.today(),
        contacts: [aContact('dpo@ny.example')],
        services,
        agreement: { ...ordinaryAgreement, commonList: false },
      },
    ])
    return customer!
  }

  it('tells one that joins, once nobody is typing any more, and lets nothing begin for it before its own day', async () => {
    await house.goTo('2026-12-07')
    const customer = await newcomer([world.service._id])
    await house.work()
    expect(house.mailbox.mailsFor('dpo@ny.example')).to.have.length(0)
    await house.goTo('2026-12-07T10:00:00Z')
    expect(house.mailbox.mailsFor('dpo@ny.example')).to.have.length(1)
    await house.work()
    expect(await house.partOf(notice, customer)).to.include({ state: 'running', lastDay: '2027-01-07' })
    await house.goTo('2026-12-30')
    expect(await house.partOf(notice, world.customers[0]!)).to.include({ state: 'permitted' })
    expect(await house.partOf(notice, customer)).to.include({ state: 'running' })
    await house.goTo('2027-01-04')
    const line = notice.lines[0]!.id
    await confirmUse(house.officer(), notice.reference, line, '2027-01-04')
    expect(await house.partOf(notice, customer)).to.include({ state: 'running' })
    expect(await house.listOf(customer, '2027-01-05')).to.not.include('Sikkerkopi ApS')
    await house.goTo('2027-01-08')
    expect(await house.partOf(notice, customer)).to.include({ state: 'permitted' })
    // However often it is looked at, it is told once.
    expect(house.mailbox.mailsFor('dpo@ny.example')).to.have.length(1)
  })

  it('tells one that begins to buy the service on a day entered beforehand, on that day', async () => {
    const other = await createService(house.officer(), {
      name: { da: 'Telefoni', en: 'Telephony' },
      order: 2,
    })
    const customer = await newcomer([other._id])
    const { reference, version } = customer
    await buyService(
      house.officer(),
      { reference, version },
      { service: world.service._id, from: '2026-12-10' },
    )
    await house.goTo('2026-12-09')
    expect(house.mailbox.mailsFor('dpo@ny.example')).to.have.length(0)
    await house.goTo('2026-12-10')
    expect(house.mailbox.mailsFor('dpo@ny.example')).to.have.length(1)
  })

  it('waits for nothing from one that stops buying the service', async () => {
    const { reference, version, _id } = world.customers[1]!
    await endService(
      house.officer(),
      { reference, version },
      { service: world.service._id, from: '2024-01-01', to: '2026-12-01' },
    )
    await house.goTo('2026-12-02')
    expect(await house.partOf(notice, { _id })).to.include({ state: 'left', endedBecause: 'service-ended' })
  })

  it('hands the notice to a new contact with the same days, and the old link opens no more', async () => {
    const customer = world.customers[0]!
    const oldLink = linkIn(house.mailbox.mailsFor('dpo@bakkeby.example').at(-1))
    const { reference, version } = await customerByReference(customer.reference)
    await house.goTo('2026-12-07')
    await changeContact(house.officer(), { reference, version }, customer.contacts[0]!.id, {
      contact: aContact('efterfoelger@bakkeby.example', { name: 'Sanne Holm' }),
      from: house.today(),
    })
    await house.goTo('2026-12-07T10:00:00Z')
    const [mail] = house.mailbox.mailsFor('efterfoelger@bakkeby.example')
    expect(mail?.subject).to.include('Du svarer nu for Bakkeby Kommune')
    expect(mail?.attachments.map(({ mimeType }) => mimeType)).to.include('application/pdf')
    expect(mail?.text).to.include('28. december 2026')
    expect(await house.partOf(notice, customer)).to.include({ state: 'running', lastDay: '2026-12-28' })
    const { page, agent } = await house.open('efterfoelger@bakkeby.example')
    expect((await agent.get(page)).status).to.equal(200)
    expect((await agent.get(oldLink)).status).to.equal(404)
  })
})

describe('A customer whose list is common to all and who does not buy the service', function () {
  this.timeout(120_000)
  const house = useJourney()

  it('is only informed, and finds the newcomer on its list from the day it is used for anybody', async () => {
    const world = await buildWorld(house.officer(), [
      { name: 'Bakkeby Kommune', contacts: [aContact('dpo@bakkeby.example')] },
    ])
    const other = await createService(house.officer(), {
      name: { da: 'Telefoni', en: 'Telephony' },
      order: 2,
    })
    const [common, own] = await addCustomers(
      house.officer(),
      [true, false].map((commonList) => ({
        name: commonList ? 'Fælles Liste ApS' : 'Egen Liste ApS',
        isProcessor: false,
        from: '2026-01-01',
        contacts: [aContact(`dpo-${commonList}@kunde.example`)],
        services: [other._id],
        agreement: { ...ordinaryAgreement, commonList },
      })),
    )
    const notice = await announce(house.officer(), anAddition(world, { plannedStart: '2027-01-04' }))
    await house.work()
    await house.goTo('2027-01-04')
    expect(await house.partOf(notice, common!)).to.include({ state: 'told' })
    expect(await house.listOf(common!, '2027-01-04')).to.not.include('Sikkerkopi ApS')
    await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-01-04')
    expect(await house.listOf(common!, '2027-01-04')).to.include('Sikkerkopi ApS')
    expect(await house.listOf(common!, '2027-01-03')).to.not.include('Sikkerkopi ApS')
    expect(await house.listOf(own!, '2027-01-04')).to.not.include('Sikkerkopi ApS')
  })
})
