import { expect } from 'chai'
import { confirmUse, type Notice } from '../../src/notices/actions.js'
import { raiseObjection } from '../../src/objections/actions.js'
import { emptyDatabase } from '../support/database.js'
import { useJourney, type Journey } from './house.js'
import { aContact, anAddition, announce, buildWorld, type World } from './world.js'

const given = [
  { name: 'Tredive Dage A/S', contacts: [aContact('dpo@tredive.example')] },
  {
    name: 'Halvfems Dage A/S',
    contacts: [aContact('dpo@halvfems.example')],
    agreement: { notice: { length: 90, unit: 'days' as const } },
  },
  { name: 'Indsigelse A/S', contacts: [aContact('dpo@indsigelse.example')] },
]

describe('Three days in which nothing ran', function () {
  this.timeout(120_000)
  const house = useJourney()

  it('make the permission late to come, and change nothing about its day', async () => {
    const onTime = await run(house, ['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'])
    await emptyDatabase()
    const late = await run(house, ['2026-12-28', '2027-01-01'])
    expect(late).to.deep.equal(onTime)
    expect(late.map(({ state, from }) => [state, from])).to.deep.equal([
      ['permitted', '2026-12-29'],
      ['running', null],
      ['running', null],
    ])
  })

  it('between issue and sending move each customer’s days, and the customer is told of the later one', async () => {
    const world = await buildWorld(house.officer(), given)
    const notice = await announce(house.officer(), anAddition(world), ['laterStart'])
    await house.goTo('2026-11-26')
    await house.work()
    const part = await house.partOf(notice, world.customers[1]!)
    // Printed for the Tuesday at the latest; it arrived on the Thursday.
    expect(part).to.include({
      printedLastDay: '2027-02-22',
      dayZero: '2026-11-26',
      lastDay: '2027-02-24',
      earliestUse: '2027-02-25',
    })
    const mails = house.mailbox.mailsFor('dpo@halvfems.example')
    expect(mails).to.have.length(2)
    expect(mails[1]?.subject).to.include('24. februar 2027')
    expect(part.correctionSentAt).to.deep.equal(house.now())
    // For thirty days the closed days of Christmas had already given room for it.
    expect(await house.partOf(notice, world.customers[0]!)).to.include({
      lastDay: '2026-12-28',
      correctionSentAt: null,
    })
    expect(house.mailbox.mailsFor('dpo@tredive.example')).to.have.length(1)
  })

  it('give nobody a second mail, and run a second time do nothing', async () => {
    const world = await buildWorld(house.officer(), given)
    const notice = await announce(house.officer(), anAddition(world), ['laterStart'])
    await house.work()
    await house.goTo('2027-03-01')
    const before = [await partsOf(house, notice, world), house.mailbox.mails.length]
    await house.work()
    await house.work()
    expect([await partsOf(house, notice, world), house.mailbox.mails.length]).to.deep.equal(before)
    expect(await confirmUse(house.officer(), notice.reference, notice.lines[0]!.id, '2027-03-01')).to.equal(3)
  })
})

/** The same story with the house awake at these moments only. */
async function run(house: Journey, awake: readonly string[]) {
  house.moveTo('2026-11-23')
  const world = await buildWorld(house.officer(), given)
  const notice = await announce(house.officer(), anAddition(world), ['laterStart'])
  await house.work()
  await raiseObjection(house.officer(), `${notice._id}/${world.customers[2]!._id}`, {
    by: { kind: 'staff', id: 'officer', name: 'Bente Dam' },
    channel: 'phone',
    receivedAt: house.now(),
    receivedOn: house.today(),
    reasons: null,
    files: [],
  })
  for (const moment of awake) await house.goTo(moment)
  return partsOf(house, notice, world)
}

async function partsOf(house: Journey, notice: Notice, world: World) {
  const parts = []
  for (const customer of world.customers) {
    const { state, lines, lastDay, earliestUse, held } = await house.partOf(notice, customer)
    const list = await house.listOf(customer, '2026-12-30')
    parts.push({ state, from: lines[0]?.permittedFrom ?? null, lastDay, earliestUse, held, list })
  }
  return parts
}
